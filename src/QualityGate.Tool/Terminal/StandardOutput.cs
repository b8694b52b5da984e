using System.Text;

namespace QualityGate.Tool.Terminal;

/// <summary>Standard output for programs that read it: UTF-8 and line feeds wherever it runs, whatever the terminal's encoding.</summary>
internal static class StandardOutput
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a text as it stands.</summary>
    public static void WriteText(string text) => Write(writer => writer.Write(text));

    /// <summary>Lets something write itself.</summary>
    public static void Write(Action<TextWriter> write)
    {
        Console.Out.Flush();
        using Stream stream = Console.OpenStandardOutput();
        using StreamWriter writer = new(stream, Utf8) { NewLine = "\n" };
        write(writer);
    }
}
