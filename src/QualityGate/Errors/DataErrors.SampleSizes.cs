namespace QualityGate.Errors;

/// <summary>Codes about data: sample size studies, QG408x.</summary>
public static partial class DataErrors
{
    /// <summary>The file of a study is not there or cannot be read.</summary>
    public static readonly ErrorCode SampleSizesUnreadable = new(
        "QG4080", "sample size study cannot be read", "Check the path, or make the study: qualitygate measure --sample-size-study --save-sample-sizes FILE.");

    /// <summary>The file holds something else.</summary>
    public static readonly ErrorCode NotSampleSizes = new(
        "QG4081", "file is not a sample size study", "Make it again: qualitygate measure --sample-size-study --save-sample-sizes FILE.");
}
