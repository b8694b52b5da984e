namespace QualityGate.Errors;

/// <summary>Codes about data: calibration, QG409x.</summary>
public static partial class DataErrors
{
    /// <summary>Too few images to draw parts of, or none at all.</summary>
    public static readonly ErrorCode CannotResample = new(
        "QG4090", "too few images to calibrate", "Name sets of images or of features, a row an image, with at least some dozens of images; hundreds say more.");

    /// <summary>No metric had a value in every draw.</summary>
    public static readonly ErrorCode NothingToCalibrate = new(
        "QG4091", "nothing could be calibrated", "Mend the reasons that the message gives; most often the drawn parts are too small for the metric's parameters.");
}
