using QualityGate.Errors;
using QualityGate.Specs;

namespace QualityGate.Tests.Specs;

/// <summary>Specs as text, for the tests of this folder.</summary>
internal static class SpecText
{
    public const string Start = "version: 1\nreference: data/real\ncandidate: out/samples\n";

    public static readonly string Folder = OperatingSystem.IsWindows() ? @"C:\repo" : "/repo";

    public static GateSpec Read(string text) => SpecReader.Parse(text, Path.Combine(Folder, "qualitygate.yaml"), new KnownMetrics());

    /// <summary>The error of a spec that has the usual start and then <paramref name="rest"/>, which begins on line 4.</summary>
    public static UserErrorException ErrorOf(string rest) => ErrorOfText(Start + rest);

    public static UserErrorException ErrorOfText(string text) =>
        Assert.Throws<UserErrorException>(() => SpecReader.Parse(text, "qualitygate.yaml", new KnownMetrics()));

    /// <summary>As <see cref="ErrorOf"/>, as people see it: one line a problem.</summary>
    public static string ProblemsOf(string rest) => string.Join('\n', ErrorOf(rest).Problems);
}
