using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace QualityGate.Tests.Actions;

/// <summary>
/// Runs the steps of a composite action as GitHub's runner does: inputs with their defaults, expressions, conditions, outputs, and each <c>run:</c> in
/// a real bash. Steps that use other actions are written down, and answer what the test says.
/// </summary>
internal sealed partial class CompositeAction
{
    private readonly YamlMappingNode _root;
    private readonly string _folder;

    public CompositeAction(params string[] path)
    {
        string file = RepositoryFiles.At([.. path, "action.yml"]);
        _folder = Path.GetDirectoryName(file)!;
        YamlStream yaml = new();
        using StreamReader reader = new(file);
        yaml.Load(reader);
        _root = (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    /// <summary>What came out.</summary>
    /// <param name="ExitCode">Of the first step that failed, else 0.</param>
    /// <param name="Log">What all steps printed.</param>
    /// <param name="Outputs">Outputs of the action.</param>
    /// <param name="Used">Steps that use other actions, with their inputs.</param>
    public sealed record Outcome(int ExitCode, string Log, Dictionary<string, string> Outputs, List<(string Action, Dictionary<string, string> With)> Used);

    /// <summary>Names of inputs.</summary>
    public string[] Inputs => [.. Map(_root, "inputs").Children.Keys.Select(k => ((YamlScalarNode)k).Value!)];

    /// <summary>Runs all steps.</summary>
    /// <param name="job">The job's environment and workspace.</param>
    /// <param name="inputs">Inputs that differ from their defaults.</param>
    public Outcome Run(ActionsJob job, params (string Name, string Value)[] inputs)
    {
        Dictionary<string, string> given = Map(_root, "inputs").Children.ToDictionary(i => Text(i.Key), i => Default((YamlMappingNode)i.Value, job));
        foreach ((string name, string value) in inputs)
        {
            Assert.Contains(name, given.Keys);
            given[name] = value;
        }

        Dictionary<string, Dictionary<string, string>> outputs = [];
        List<(string, Dictionary<string, string>)> used = [];
        StringBuilder log = new();
        int exitCode = 0;
        foreach (YamlMappingNode step in ((YamlSequenceNode)Map(_root, "runs")["steps"]).Children.Cast<YamlMappingNode>())
        {
            string? id = Optional(step, "id");
            string Value(string text) => Expressions().Replace(text, m => Lookup(m.Groups[1].Value.Trim(), given, outputs, job));
            if (exitCode != 0 || (Optional(step, "if") is { } condition && !Holds(condition, given, outputs, job)))
            {
                continue;
            }

            if (Optional(step, "uses") is { } action)
            {
                Assert.Matches("^[a-z-]+/[a-z-/]+@[0-9a-f]{40}$", action);
                Dictionary<string, string> with = Map(step, "with").Children.ToDictionary(w => Text(w.Key), w => Value(Text(w.Value)));
                used.Add((action, with));
                outputs[id ?? action] = job.Use(action, with);
                continue;
            }

            Assert.Equal("bash", Optional(step, "shell"));
            string script = Optional(step, "run")!;
            Assert.DoesNotContain("${{", script, StringComparison.Ordinal);
            Dictionary<string, string> environment = step.Children.ContainsKey(new YamlScalarNode("env"))
                ? Map(step, "env").Children.ToDictionary(e => Text(e.Key), e => Value(Text(e.Value)))
                : [];
            (exitCode, string printed, Dictionary<string, string> said) = job.Bash(script, _folder, environment);
            log.Append(printed);
            outputs[id ?? script] = said;
        }

        Dictionary<string, string> results = Map(_root, "outputs").Children.ToDictionary(
            o => Text(o.Key), o => Expressions().Replace(Text(((YamlMappingNode)o.Value)["value"]), m => Lookup(m.Groups[1].Value.Trim(), given, outputs, job)));
        return new Outcome(exitCode, log.ToString(), results, used);
    }

    private static string Default(YamlMappingNode input, ActionsJob job) =>
        Expressions().Replace(Optional(input, "default") ?? "", m => Lookup(m.Groups[1].Value.Trim(), [], [], job));

    private static bool Holds(string condition, Dictionary<string, string> inputs, Dictionary<string, Dictionary<string, string>> outputs, ActionsJob job)
    {
        Match match = Comparison().Match(condition);
        Assert.True(match.Success, $"a condition that this runner does not know: {condition}");
        bool isEqual = Lookup(match.Groups[1].Value, inputs, outputs, job) == match.Groups[3].Value;
        return match.Groups[2].Value == "==" ? isEqual : !isEqual;
    }

    private static string Lookup(string name, Dictionary<string, string> inputs, Dictionary<string, Dictionary<string, string>> outputs, ActionsJob job)
    {
        string[] parts = name.Split('.');
        return parts switch
        {
            ["inputs", var input] => inputs[input],
            ["steps", var step, "outputs", var output] => outputs.GetValueOrDefault(step)?.GetValueOrDefault(output) ?? "",
            ["github", "token"] => job.Token,
            _ => throw new InvalidOperationException($"an expression that this runner does not know: {name}"),
        };
    }

    private static YamlMappingNode Map(YamlMappingNode node, string key) => (YamlMappingNode)node[key];

    private static string? Optional(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) ? Text(value) : null;

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value ?? "";

    [GeneratedRegex(@"\$\{\{([^}]*)\}\}")]
    private static partial Regex Expressions();

    [GeneratedRegex(@"^\s*([\w.-]+)\s*(==|!=)\s*'([^']*)'\s*$")]
    private static partial Regex Comparison();
}
