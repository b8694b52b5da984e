using System.Security.Cryptography;
using System.Text;

namespace QualityGate.Reports.Html;

/// <summary>Style and scripts of the page, which lie in this assembly. They are written into each page, since a page loads nothing.</summary>
internal static class PageAssets
{
    private const string Prefix = "QualityGate.Reports.Html.";

    // Published as a module; a script in a page is none.
    private const string Import = "import { ascending, isString, DisallowedObjectProperties } from 'vega-util';";
    private const string Export = "export { expression as expressionInterpreter };";

    private static readonly Lazy<string> LazyScript = new(MakeScript);

    /// <summary>The style sheet.</summary>
    public static string Style => Read("page.css");

    /// <summary>All scripts as one, the licence of the foreign ones first.</summary>
    public static string Script => LazyScript.Value;

    /// <summary>What a content security policy calls a script: its hash.</summary>
    public static string SourceOf(string script) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";

    private static string MakeScript()
    {
        string interpreter = Read("vega-interpreter.js")
            .Replace(Import, "const { ascending, isString, DisallowedObjectProperties } = vega;", StringComparison.Ordinal)
            .Replace(Export, "globalThis.vegaInterpreter = expression;", StringComparison.Ordinal);
        string[] parts =
        [
            $"/*! Vega, Vega-Lite and vega-interpreter:\n{Read("vega-license.txt")}\nParts of d3:\n{Read("d3-license.txt")}*/",
            Read("vega.min.js"), Read("vega-lite.min.js"), $"(function () {{\n{interpreter}\n}})();", Read("charts.js"), Read("page.js"),
        ];

        // Comments that name source maps would make a browser's tools ask for them.
        return string.Join("\n", parts.SelectMany(p => p.Split('\n')).Where(line => !line.StartsWith("//# sourceMappingURL", StringComparison.Ordinal)));
    }

    private static string Read(string name)
    {
        using Stream stream = typeof(PageAssets).Assembly.GetManifestResourceStream(Prefix + name)
            ?? throw new InvalidOperationException($"The resource {name} is not in this assembly.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
