using System.Globalization;

namespace QualityGate.Features.Files;

/// <summary>The rule for features and logits: two dimensions, none of them empty.</summary>
internal static class MatrixShape
{
    /// <summary>Returns N and D of a matrix.</summary>
    /// <exception cref="Errors.UserErrorException">The shape is not that of a matrix with rows.</exception>
    public static (int Count, int Width) Check(string path, string name, IReadOnlyList<long> shape)
    {
        if (shape.Count != 2)
        {
            throw FeatureFileErrors.WrongShape(path, $"'{name}' has shape {Text(shape)}, but features are [images, width]");
        }

        if (shape[0] < 1 || shape[1] < 1)
        {
            throw FeatureFileErrors.WrongShape(path, $"'{name}' has shape {Text(shape)}: there is nothing in it");
        }

        if (shape[0] > int.MaxValue || shape[1] > Array.MaxLength / sizeof(double))
        {
            throw FeatureFileErrors.WrongShape(path, $"'{name}' has shape {Text(shape)}, more than can be measured");
        }

        return ((int)shape[0], (int)shape[1]);
    }

    /// <summary>N x D, when that many values fit one array.</summary>
    public static int ElementsInMemory(string path, string name, int count, int width)
    {
        long elements = (long)count * width;
        return elements <= Array.MaxLength
            ? (int)elements
            : throw FeatureFileErrors.Unsupported(
                path,
                $"'{name}' holds {elements} values, too many to convert in memory",
                "Save it as float32 .npy in C order or as float32 .safetensors, which are read in place.");
    }

    /// <summary>A shape as numpy prints it: <c>(500, 2048)</c>.</summary>
    public static string Text(IReadOnlyList<long> shape)
    {
        string inner = string.Join(", ", shape.Select(dimension => dimension.ToString(CultureInfo.InvariantCulture)));
        return shape.Count == 1 ? $"({inner},)" : $"({inner})";
    }
}
