using QualityGate.Errors;

namespace QualityGate.Features.Models;

/// <summary>What weights must hash to.</summary>
public static class WeightsHash
{
    private const int Digits = 64;

    /// <summary>A hash as people paste it: with or without <c>sha256:</c>, in either case; null when it is none.</summary>
    /// <param name="text">What was written.</param>
    public static string? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string digits = text.Trim().ToLowerInvariant();
        digits = digits.StartsWith("sha256:", StringComparison.Ordinal) ? digits["sha256:".Length..] : digits;
        return digits.Length == Digits && digits.All(char.IsAsciiHexDigitLower) ? digits : null;
    }

    /// <summary>Refuses weights with another hash.</summary>
    /// <param name="hash">Their hash.</param>
    /// <param name="published">The published hash or its first digits; empty when there is none.</param>
    /// <param name="demanded">The hash that the user demands, or null.</param>
    /// <param name="file">What to call them.</param>
    /// <exception cref="UserErrorException">QG4608: it is another.</exception>
    public static void Require(string hash, string published, string? demanded, string file)
    {
        ArgumentNullException.ThrowIfNull(hash);
        ArgumentNullException.ThrowIfNull(published);
        if (!hash.StartsWith(published, StringComparison.Ordinal))
            throw new UserErrorException(ModelErrors.WrongHash, $"{file} has the SHA-256 {hash}, but the published one begins with {published}.");
        if (demanded is not null && hash != demanded)
            throw new UserErrorException(ModelErrors.WrongHash, $"{file} has the SHA-256 {hash}, but --sha256 demands {demanded}.");
    }
}
