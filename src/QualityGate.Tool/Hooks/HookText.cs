using System.Text;
using QualityGate.Errors;

namespace QualityGate.Tool.Hooks;

/// <summary>A hook's content, with or without our block. Bytes are kept as they are, whatever their encoding.</summary>
/// <param name="Content">The whole file, a character a byte.</param>
/// <param name="At">Where the block begins, or -1.</param>
/// <param name="Length">Its length, without the newline behind it.</param>
internal sealed record HookText(string Content, int At, int Length)
{
    /// <summary>First line of a hook that we create.</summary>
    public const string Head = "#!/bin/sh\n";

    // ksh and busybox' ash are written like the others; zsh and fish are not.
    private static readonly string[] Shells = ["sh", "bash", "dash", "ash", "ksh"];

    /// <summary>The block, or null.</summary>
    public string? Block => At < 0 ? null : FromBytes(Content.Substring(At, Length));

    /// <summary>Whether the first line names a shell that the block is written for.</summary>
    public bool IsShellScript
    {
        get
        {
            if (!Content.StartsWith("#!", StringComparison.Ordinal) || Content.Contains('\0', StringComparison.Ordinal))
            {
                return false;
            }

            string[] words = Content.Split('\n', 2)[0][2..].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            string? program = words.Length > 0 && NameOf(words[0]) == "env" ? words.Skip(1).FirstOrDefault(w => !w.StartsWith('-')) : words.FirstOrDefault();
            return program is not null && Shells.Contains(NameOf(program), StringComparer.Ordinal);
        }
    }

    /// <summary>Reads a hook's bytes.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="path">Its path, for the message.</param>
    /// <exception cref="UserErrorException">QG5206: the fence is broken or there are several.</exception>
    public static HookText Of(ReadOnlySpan<byte> bytes, string path)
    {
        string content = Encoding.Latin1.GetString(bytes);
        int[] starts = Lines(content, HookBlock.Start), ends = Lines(content, HookBlock.End);
        return (starts, ends) switch
        {
            ([], []) => new HookText(content, -1, 0),
            ([var start], [var end]) when start < end => new HookText(content, start, end + HookBlock.End.Length - start),
            _ => throw new UserErrorException(
                HookErrors.ChangedBlock,
                $"the lines `{HookBlock.Start}` and `{HookBlock.End}` do not stand once each, in this order, in {path}.",
                advice: "Take what is left of the fenced part out by hand."),
        };
    }

    /// <summary>The hook with a block behind its first line, or in place of the one that it has.</summary>
    public HookText With(string block)
    {
        string bytes = ToBytes(block);
        if (At >= 0)
        {
            return new HookText(Content[..At] + bytes + Content[(At + Length)..], At, bytes.Length);
        }

        int line = Content.IndexOf('\n', StringComparison.Ordinal) + 1;
        return line == 0
            ? new HookText($"{Content}\n{bytes}", Content.Length + 1, bytes.Length)
            : new HookText($"{Content[..line]}{bytes}\n{Content[line..]}", line, bytes.Length);
    }

    /// <summary>The hook as it was before the block came.</summary>
    public string Without()
    {
        int end = At + Length;

        // A block at the very end was written behind a line that had no newline.
        return end < Content.Length ? Content[..At] + Content[(end + 1)..] : Content[..Math.Max(0, At - 1)];
    }

    /// <summary>The file.</summary>
    public static byte[] Bytes(string content) => Encoding.Latin1.GetBytes(content);

    private static string ToBytes(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string FromBytes(string text) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text));

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static int[] Lines(string content, string line)
    {
        List<int> found = [];
        for (int at = content.IndexOf(line, StringComparison.Ordinal); at >= 0; at = content.IndexOf(line, at + 1, StringComparison.Ordinal))
        {
            int end = at + line.Length;
            if ((at == 0 || content[at - 1] == '\n') && (end == content.Length || content[end] == '\n'))
            {
                found.Add(at);
            }
        }

        return [.. found];
    }
}
