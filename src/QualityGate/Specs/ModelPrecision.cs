using System.Diagnostics.CodeAnalysis;

namespace QualityGate.Specs;

/// <summary>What a stored model computes with.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "These are the names of types.")]
public enum ModelPrecision
{
    /// <summary>float32, as published.</summary>
    Fp32,

    /// <summary>IEEE half precision, for GPUs.</summary>
    Fp16,

    /// <summary>8-bit weights in matrix products, for processors.</summary>
    Int8,
}

/// <summary>Names of models of another precision: <c>dinov2-vits14-int8</c>.</summary>
public static class ModelPrecisions
{
    /// <summary>The name under which a model of a precision is stored.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="precision">Its precision.</param>
    public static string NameOf(string model, ModelPrecision precision) => precision == ModelPrecision.Fp32 ? model : $"{model}-{precision.ToString().ToLowerInvariant()}";

    /// <summary>Takes a name apart.</summary>
    /// <param name="name">A name that <see cref="NameOf"/> may have made.</param>
    public static (string Model, ModelPrecision Precision) Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (ModelPrecision precision in new[] { ModelPrecision.Fp16, ModelPrecision.Int8 })
        {
            string ending = NameOf(string.Empty, precision);
            if (name.EndsWith(ending, StringComparison.Ordinal))
                return (name[..^ending.Length], precision);
        }

        return (name, ModelPrecision.Fp32);
    }
}
