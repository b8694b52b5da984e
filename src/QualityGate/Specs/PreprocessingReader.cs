using QualityGate.Errors;
using QualityGate.Specs.Options;
using QualityGate.Specs.Syntax;

namespace QualityGate.Specs;

/// <summary>Reads <c>input:</c> of a recipe. A wrong preprocessing gives numbers that look right, so contradictions are refused.</summary>
internal static class PreprocessingReader
{
    private const double DefaultScale = 1;
    private const double DefaultOffset = 0;

    public static PreprocessingRecipe? Read(OptionMap input, ProblemList problems)
    {
        int before = problems.Count;
        ColorMode color = input.ReadOrDefault(RecipeOptions.Color);
        Located<(int Height, int Width)>? size = input.Read(RecipeOptions.Size);
        ResizeMethod resize = input.ReadOrDefault(RecipeOptions.Resize);
        Located<long>? shorterSide = input.Read(RecipeOptions.ShorterSide);
        double? scale = input.Read(RecipeOptions.Scale)?.Value;
        double? offset = input.Read(RecipeOptions.Offset)?.Value;
        Located<IReadOnlyList<double>>? mean = input.Read(RecipeOptions.Mean);
        Located<IReadOnlyList<double>>? std = input.Read(RecipeOptions.Std);
        bool orientation = input.ReadOrDefault(RecipeOptions.Orientation);
        CheckShorterSide(shorterSide, size?.Value, resize, problems);
        CheckValues(input, problems);
        CheckChannels(color, mean, RecipeOptions.Mean, problems);
        CheckChannels(color, std, RecipeOptions.Std, problems);
        if (problems.Count > before || size is null)
            return null;
        bool isScaled = mean is null;
        return new PreprocessingRecipe
        {
            Color = color,
            Height = size.Value.Value.Height,
            Width = size.Value.Value.Width,
            Resize = resize,
            ShorterSide = (int?)shorterSide?.Value,
            Scale = isScaled ? scale ?? DefaultScale : null,
            Offset = isScaled ? offset ?? DefaultOffset : null,
            Mean = mean?.Value,
            Std = std?.Value,
            ApplyOrientation = orientation,
        };
    }

    private static void CheckShorterSide(Located<long>? side, (int Height, int Width)? size, ResizeMethod resize, ProblemList problems)
    {
        if (side is not { } given)
            return;
        if (resize == ResizeMethod.None)
            problems.Add(SpecErrors.Contradiction, "`shorter_side` needs a `resize` other than none", given.Location);
        if (size is { } crop && given.Value < Math.Max(crop.Height, crop.Width))
        {
            string message = $"`shorter_side` is {given.Value}, too small to cut {crop.Height} x {crop.Width} out of it";
            problems.Add(SpecErrors.OutOfRange, message, given.Location);
        }
    }

    private static void CheckValues(OptionMap input, ProblemList problems)
    {
        MapEntry? scaled = input.Find(RecipeOptions.Scale) ?? input.Find(RecipeOptions.Offset);
        MapEntry? mean = input.Find(RecipeOptions.Mean);
        MapEntry? std = input.Find(RecipeOptions.Std);
        if (scaled is not null && (mean ?? std) is { } normalised)
            problems.Add(SpecErrors.Contradiction, $"`{normalised.Key}` and `{scaled.Key}` exclude each other", normalised.Location);
        if (mean is null != std is null)
            problems.Add(SpecErrors.MissingKey, "`mean` and `std` are given together or not at all", (mean ?? std)!.Location);
    }

    private static void CheckChannels(
        ColorMode color, Located<IReadOnlyList<double>>? list, Option<IReadOnlyList<double>> option, ProblemList problems)
    {
        int channels = color == ColorMode.Gray ? 1 : 3;
        if (list is { } given && given.Value.Count != channels)
            problems.Add(SpecErrors.OutOfRange, $"`{option.Key}` has {given.Value.Count} numbers for {channels} channels", given.Location);
    }
}
