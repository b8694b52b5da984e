using System.Text;
using QualityGate.Errors;
using QualityGate.Specs;

namespace QualityGate.Tests.Specs;

public sealed class SpecSyntaxTests
{
    [Theory]
    [InlineData("", "qualitygate.yaml(1,1): error QG1001: the file is empty")]
    [InlineData("# only a comment\n", "qualitygate.yaml(1,1): error QG1001: the file is empty")]
    [InlineData("---\n~\n", "qualitygate.yaml(2,1): error QG1003: a spec is a map of keys such as `version: 1`, but this is nothing")]
    [InlineData("- a\n", "qualitygate.yaml(1,1): error QG1003: a spec is a map of keys such as `version: 1`, but this is a list")]
    [InlineData("version: 1\nreference: a\ncandidate: b\n---\nversion: 1\n", "qualitygate.yaml(4,1): error QG1001: the file holds more than one YAML document; keep the first")]
    [InlineData("version: 1\ngates:\n\tfid: { max: 1 }\n", "qualitygate.yaml(3,1): error QG1001: a tab indents this line; YAML allows only spaces")]
    [InlineData("version: !!python/object 1\n", "qualitygate.yaml(1,10): error QG1001: the tag `tag:yaml.org,2002:python/object` is not supported; write the value alone")]
    [InlineData("? [a]\n: 1\n", "qualitygate.yaml(1,3): error QG1001: a key must be a plain text")]
    [InlineData("a: &a [*a]\n", "qualitygate.yaml(1,8): error QG1001: the alias `*a` has no anchor before it")]
    public void Text_that_is_no_spec_is_refused_with_its_place(string text, string expected) =>
        Assert.Equal(expected, string.Join('\n', SpecText.ErrorOfText(text).Problems));

    [Theory]
    [InlineData("version: [1\n")]
    [InlineData("version: 'one\n")]
    [InlineData("version: 1\n  reference: a\n")]
    [InlineData("\0\u0001\u0002")]
    [InlineData("%YAML 9.9\n---\na: 1\n")]
    [InlineData("a: \"\\xZZ\"")]
    [InlineData("a: \"\\UFFFFFFFF\"")]
    [InlineData("{{{{{{{{{{{{{{{{")]
    [InlineData("*")]
    [InlineData("&")]
    [InlineData("!<")]
    [InlineData("%TAG ! ")]
    [InlineData("@")]
    public void Broken_yaml_is_a_clear_error(string text) => Assert.NotEmpty(SpecText.ErrorOfText(text).Problems);

    [Fact]
    public void Random_bytes_never_crash_the_reader()
    {
        var random = new Random(7);
        const string Alphabet = "\n\t :-[]{}#&*!|>'\"%@`,?\\~ab01\u00e9\u0000x";
        for (int i = 0; i < 3000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            SpecText.ErrorOfText(text);
        }
    }

    [Fact]
    public void Aliases_repeat_a_value()
    {
        GateSpec spec = SpecText.Read(SpecText.Start + "gates:\n  precision: &same { min: 0.5 }\n  recall: *same\n");
        Assert.Equal([("precision", 0.5), ("recall", 0.5)], spec.Gates.Select(g => (g.Metric, g.Limit)));
    }

    [Fact]
    public void Aliases_that_multiply_are_refused()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++)
            bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        UserErrorException error = SpecText.ErrorOfText(bomb.ToString());
        Assert.Equal(SpecErrors.TooLarge, error.Code);
        Assert.Contains("more than 10000 values", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused_before_it_fills_the_stack() =>
        Assert.Equal(SpecErrors.TooLarge, SpecText.ErrorOfText("a: " + new string('[', 200_000)).Code);

    [Fact]
    public void A_file_over_a_mebibyte_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("qualitygate.yaml", new string('#', (1 << 20) + 1));
        UserErrorException error = Assert.Throws<UserErrorException>(() => SpecReader.Read(path, new KnownMetrics()));
        Assert.Equal(SpecErrors.TooLarge, error.Code);
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_clear_error()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => SpecReader.Read("no/such.yaml", new KnownMetrics()));
        Assert.Equal((SpecErrors.Unreadable, "`no/such.yaml` does not exist"), (error.Code, error.Message));
    }

    [Fact]
    public void A_folder_is_a_clear_error()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => SpecReader.Read(Path.GetTempPath(), new KnownMetrics()));
        Assert.Equal(SpecErrors.Unreadable, error.Code);
        Assert.Contains("it is a folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_named_with_their_line()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("qualitygate.yaml", [.. "version: 1\nreference: "u8, 0xFF, 0xFE]);
        UserErrorException error = Assert.Throws<UserErrorException>(() => SpecReader.Read(path, new KnownMetrics()));
        Assert.Equal((2, 12), (error.Location?.Line, error.Location?.Column));
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_key()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("qualitygate.yaml", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(SpecText.Start)]);
        Assert.Equal("data/real", SpecReader.Read(path, new KnownMetrics()).ReferenceText);
    }

    [Fact]
    public void Windows_line_ends_do_not_move_the_places()
    {
        UserErrorException error = SpecText.ErrorOfText(SpecText.Start.Replace("\n", "\r\n", StringComparison.Ordinal) + "confidence: 2\r\n");
        Assert.Equal((4, 13), (error.Location?.Line, error.Location?.Column));
    }

    [Fact]
    public void Thousands_of_mistakes_are_counted_and_not_all_listed()
    {
        UserErrorException error = SpecText.ErrorOf(string.Concat(Enumerable.Range(0, 3000).Select(i => $"key{i}: 1\n")));
        Assert.Equal(3000, error.Problems.Count);
        Assert.EndsWith("\nand 2950 more", error.Message, StringComparison.Ordinal);
    }
}
