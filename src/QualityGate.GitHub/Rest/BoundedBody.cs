namespace QualityGate.GitHub;

/// <summary>Reads answers no further than a limit, whatever their headers say.</summary>
internal static class BoundedBody
{
    /// <summary>The largest answer that is no download.</summary>
    public const int MaximumAnswer = 16 << 20;

    private const int BlockSize = 1 << 16;

    /// <summary>Reads a whole answer.</summary>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        using MemoryStream whole = new();
        Stream body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            byte[] block = new byte[BlockSize];
            while (await body.ReadAsync(block, cancellation).ConfigureAwait(false) is > 0 and int read)
            {
                if (whole.Length + read > MaximumAnswer)
                {
                    throw new GitHubException(GitHubErrorKind.BadAnswer, $"The answer is larger than {MaximumAnswer >> 20} MB.");
                }

                whole.Write(block, 0, read);
            }
        }

        return whole.ToArray();
    }
}
