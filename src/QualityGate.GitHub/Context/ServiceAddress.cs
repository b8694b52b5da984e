using QualityGate.Errors;

namespace QualityGate.GitHub;

/// <summary>Addresses that a token may be sent to.</summary>
internal static class ServiceAddress
{
    /// <summary>Reads an address and ends it with a slash.</summary>
    /// <exception cref="UserErrorException">QG5020: it is none, or would send the token unencrypted over a network.</exception>
    public static Uri Parse(string text, string variable)
    {
        if (!Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out Uri? address) || !IsSafe(address) || address.Query.Length > 0)
        {
            throw new UserErrorException(
                PublishErrors.ContextInvalid, $"{variable} is not an https address.", advice: $"Set {variable} as GitHub Actions does, such as https://api.github.com.");
        }

        return address;
    }

    /// <summary>Encrypted, or on this machine; and without a name and password in it.</summary>
    public static bool IsSafe(Uri address) =>
        address.UserInfo.Length == 0 && (address.Scheme == Uri.UriSchemeHttps || IsLocal(address));

    /// <summary>Unencrypted and on this machine, as test servers are.</summary>
    public static bool IsLocal(Uri address) => address.Scheme == Uri.UriSchemeHttp && address.IsLoopback;

    /// <summary>Whether two addresses are of one server, so that what one may see the other may.</summary>
    public static bool SameServer(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase);
}
