using QualityGate.Errors;
using QualityGate.Specs;

namespace QualityGate.Images;

/// <summary>What makes a recipe usable, so that no image is needed to find out.</summary>
internal static class RecipeRules
{
    private const int MaxSide = 16_384;

    /// <summary>Refuses a contradictory recipe.</summary>
    public static void Check(PreprocessingRecipe recipe)
    {
        Require(recipe.Height is >= 1 and <= MaxSide && recipe.Width is >= 1 and <= MaxSide, $"size {recipe.Height} x {recipe.Width} is outside 1..{MaxSide}");
        Require(Enum.IsDefined(recipe.Resize) && Enum.IsDefined(recipe.Color), "the resize method or the colour mode is unknown");
        if (recipe.ShorterSide is { } side)
            Require(side >= Math.Max(recipe.Height, recipe.Width) && side <= MaxSide, $"shorter_side {side} must be at least the size cut out of it, {recipe.Height} x {recipe.Width}, and at most {MaxSide}");
        bool hasScale = recipe.Scale is not null || recipe.Offset is not null;
        bool hasMean = recipe.Mean is not null || recipe.Std is not null;
        Require(!(hasScale && hasMean), "give scale and offset, or mean and std, not both");
        Require(Finite(recipe.Scale ?? 1) && Finite(recipe.Offset ?? 0), "scale and offset must be finite");
        if (!hasMean)
            return;
        int channels = recipe.Color == ColorMode.Gray ? 1 : 3;
        Require(recipe.Mean?.Count == channels && recipe.Std?.Count == channels, $"mean and std need {channels} value{(channels == 1 ? string.Empty : "s")} each");
        Require(recipe.Mean!.All(Finite) && recipe.Std!.All(s => Finite(s) && (float)s > 0), "mean must be finite and std above 0");
    }

    private static bool Finite(double value) => float.IsFinite((float)value);

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new UserErrorException(DataErrors.PreprocessingInvalid, $"The preprocessing recipe cannot be used: {otherwise}.");
    }
}
