using System.Text.Json.Nodes;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs.Options;

/// <summary>Height and width in pixels: <c>[height, width]</c>, or one number for both.</summary>
/// <param name="largest">Largest side.</param>
internal sealed class ImageSizeKind(int largest) : ValueKind<(int Height, int Width)>
{
    private readonly IntegerKind _side = new(1, largest);

    public override string Expected => "[height, width] in pixels, or one number for both";

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            _side.Schema(),
            new JsonObject { ["type"] = "array", ["items"] = _side.Schema(), ["minItems"] = 2, ["maxItems"] = 2 }),
    };

    public override bool TryRead(SpecNode node, string name, ProblemList problems, out (int Height, int Width) value)
    {
        value = default;
        SpecNode height = node, width = node;
        if (node is ListNode { Items: [var first, var second] })
            (height, width) = (first, second);
        else if (node is not ScalarNode scalar || YamlScalar.TypeOf(scalar) != ScalarType.Integer)
            return WrongType(node, name, problems);

        bool isRead = _side.TryRead(height, name, problems, out long h);
        long w = h;
        isRead = (ReferenceEquals(height, width) || _side.TryRead(width, name, problems, out w)) && isRead;
        value = ((int)h, (int)w);
        return isRead;
    }
}
