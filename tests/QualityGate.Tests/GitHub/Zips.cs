using System.IO.Compression;

namespace QualityGate.Tests.GitHub;

/// <summary>Zip archives, good and bad.</summary>
internal static class Zips
{
    public static byte[] Of(params (string Name, string Text)[] entries) => Of(archive =>
    {
        foreach ((string name, string text) in entries)
        {
            Add(archive, name, text);
        }
    });

    public static byte[] Of(Action<ZipArchive> fill)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            fill(archive);
        }

        return stream.ToArray();
    }

    public static ZipArchiveEntry Add(ZipArchive archive, string name, string text)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name);
        if (!name.EndsWith('/'))
        {
            using StreamWriter writer = new(entry.Open());
            writer.Write(text);
        }

        return entry;
    }
}
