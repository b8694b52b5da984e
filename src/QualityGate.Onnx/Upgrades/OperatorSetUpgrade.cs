using System.Globalization;
using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx;

/// <summary>
/// Rewrites nodes of older operator sets in the form of newer ones, so that every other part of this library knows one form.
/// Only what changed in a way that matters is touched.
/// </summary>
internal static class OperatorSetUpgrade
{
    /// <summary>The set in which the axes of ReduceMean and its relatives became inputs.</summary>
    public const int ReductionAxesAreInputs = 18;

    private const int Oldest = 7;

    public static bool IsStandard(string domain) => domain is "" or "ai.onnx";

    public static int Version(ModelProto model) =>
        (int)(model.OpsetImport.FirstOrDefault(set => IsStandard(set.Domain))?.Version
            ?? throw new NotSupportedException("The model does not say which version of ONNX' operators it uses."));

    /// <summary>Raises a model that stands alone; one that is new enough is left as it is.</summary>
    public static void Raise(ModelProto model, int version)
    {
        HashSet<string> names = new(GraphNames.All(model.Graph), StringComparer.Ordinal);
        Raise(model, version, Unused, name => names.Add(name));

        string Unused(string wanted)
        {
            string name = wanted;
            for (int i = 2; names.Contains(name); i++) name = string.Create(CultureInfo.InvariantCulture, $"{wanted}_{i}");
            return name;
        }
    }

    public static void Raise(ModelProto model, int version, Func<string, string> unused, Action<string> claim)
    {
        int current = Version(model);
        if (current >= version) return;
        if (current < Oldest) throw new NotSupportedException($"The model uses operator set {current}; {Oldest} or later is needed.");
        Raise(model.Graph, current, version, unused, claim);
        model.OpsetImport.First(set => IsStandard(set.Domain)).Version = version;
    }

    private static void Raise(GraphProto graph, int current, int version, Func<string, string> unused, Action<string> claim)
    {
        var writer = new UpgradeWriter(graph, unused, claim);
        foreach (NodeProto node in graph.Node.ToArray())
        {
            foreach (GraphProto body in GraphNames.Bodies(node)) Raise(body, current, version, unused, claim);
            if (IsStandard(node.Domain)) RaiseNode(writer, node, current, version);
            writer.Nodes.Add(node);
            writer.AddFollowers();
        }

        graph.Node.Clear();
        graph.Node.AddRange(writer.Nodes);
    }

    private static void RaiseNode(UpgradeWriter writer, NodeProto node, int current, int version)
    {
        if (current < 10 && version >= 10) EarlyUpgrades.To10(writer, node);
        if (current < 11 && version >= 11) EarlyUpgrades.To11(writer, node);
        if (current < 12 && version >= 12) LateUpgrades.To12(node);
        if (current < 13 && version >= 13) LateUpgrades.To13(writer, node);
        if (current < 14 && version >= 14) LateUpgrades.To14(writer, node);
        if (current < 18 && version >= 18) LateUpgrades.To18(writer, node);
    }
}
