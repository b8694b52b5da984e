using System.Runtime.CompilerServices;

namespace QualityGate.Tests;

/// <summary>
/// Compares a text with the <c>.verified.txt</c> file beside the test. On a difference the text goes to a <c>.received.txt</c>
/// file: when it is right, rename it.
/// </summary>
internal static class Snapshots
{
    public static void Match(string actual, string name, [CallerFilePath] string testFile = "")
    {
        string stem = Path.Combine(Path.GetDirectoryName(testFile)!, $"{Path.GetFileNameWithoutExtension(testFile)}.{name}");
        string verified = stem + ".verified.txt";
        string received = stem + ".received.txt";
        string expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : "";
        if (expected == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Equal(expected, actual);
    }
}
