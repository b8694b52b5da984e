using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace QualityGate.Tests.Actions;

/// <summary>What docs say of the actions is what the actions say of themselves.</summary>
public sealed partial class ActionDocumentationTests
{
    private static readonly string[] Folders = [".", "baseline", "comment"];

    [Fact]
    public void The_tables_of_inputs_and_outputs_are_those_of_the_actions()
    {
        string page = File.ReadAllText(RepositoryFiles.At("docs", "github.md"));
        foreach (string folder in Folders)
        {
            YamlMappingNode root = Read(RepositoryFiles.At(folder, "action.yml"));
            string inputs = string.Concat(Entries(root, "inputs").Select(i => $"| `{i.Name}` | {Default(i.Value)} | {Text(i.Value, "description")} |\n"));
            string outputs = string.Concat(Entries(root, "outputs").Select(o => $"| `{o.Name}` | {Text(o.Value, "description")} |\n"));
            if (Environment.GetEnvironmentVariable("QUALITYGATE_WRITE_DOCS") == "1")
            {
                page = page.Replace($"INPUTS:{folder}\n", inputs, StringComparison.Ordinal).Replace($"OUTPUTS:{folder}\n", outputs, StringComparison.Ordinal);
                File.WriteAllText(RepositoryFiles.At("docs", "github.md"), page);
            }

            Assert.Contains("|---|---|---|\n" + inputs + "\n", page, StringComparison.Ordinal);
            Assert.Contains("|---|---|\n" + outputs + "\n", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("docs/github.md")]
    [InlineData("README.md")]
    [InlineData("README.ko.md")]
    public void Workflows_in_docs_are_yaml_pin_actions_by_commit_and_use_inputs_that_exist(string page)
    {
        string[] workflows = [.. Documentation.Blocks(page, "yaml").Where(b => b.Contains("runs-on:", StringComparison.Ordinal))];
        Assert.NotEmpty(workflows);
        foreach (string workflow in workflows)
        {
            YamlMappingNode root = Parse(workflow);
            Assert.True(root.Children.ContainsKey(new YamlScalarNode("permissions")), "a workflow says its permissions");
            foreach (YamlMappingNode job in ((YamlMappingNode)root["jobs"]).Children.Values.Cast<YamlMappingNode>())
            {
                foreach (YamlMappingNode step in ((YamlSequenceNode)job["steps"]).Children.Cast<YamlMappingNode>())
                {
                    string uses = Text(step, "uses");
                    Match own = Own().Match(uses);
                    if (!own.Success)
                    {
                        Assert.Matches("^actions/[a-z-]+@[0-9a-f]{40}$", uses);
                        continue;
                    }

                    string[] known = [.. Entries(Read(RepositoryFiles.At(own.Groups[1].Value.TrimStart('/'), "action.yml")), "inputs").Select(i => i.Name)];
                    Assert.All(Entries(step, "with").Select(w => w.Name), name => Assert.Contains(name, known));
                }
            }
        }
    }

    [Fact]
    public void The_actions_pin_what_they_use_and_put_no_expression_into_a_script()
    {
        foreach (string folder in Folders)
        {
            string text = File.ReadAllText(RepositoryFiles.At(folder, "action.yml"));
            Assert.All(Uses().Matches(text).Select(m => m.Groups[1].Value), uses => Assert.Matches("^actions/[a-z/-]+@[0-9a-f]{40}$", uses));
            Assert.All(Scripts().Matches(text).Select(m => m.Groups[1].Value), script => Assert.DoesNotContain("${{", script, StringComparison.Ordinal));
        }
    }

    private static string Default(YamlMappingNode input) =>
        input.Children.TryGetValue(new YamlScalarNode("default"), out YamlNode? value) && ((YamlScalarNode)value).Value is { Length: > 0 } text ? $"`{text}`" : "-";

    private static IEnumerable<(string Name, YamlMappingNode Value)> Entries(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value)
            ? ((YamlMappingNode)value).Children.Select(c => (((YamlScalarNode)c.Key).Value!, c.Value as YamlMappingNode ?? []))
            : [];

    private static string Text(YamlMappingNode node, string key) => ((YamlScalarNode)node[key]).Value!.Trim();

    private static YamlMappingNode Read(string file) => Parse(File.ReadAllText(file));

    private static YamlMappingNode Parse(string text)
    {
        YamlStream yaml = new();
        yaml.Load(new StringReader(text));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    [GeneratedRegex("^OWNER/REPO(/[a-z]+)?@COMMIT$")]
    private static partial Regex Own();

    [GeneratedRegex(@"uses: (\S+)")]
    private static partial Regex Uses();

    [GeneratedRegex(@"run: (.*)")]
    private static partial Regex Scripts();
}
