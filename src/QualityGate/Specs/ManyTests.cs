namespace QualityGate.Specs;

/// <summary>How p-values of many classes are corrected.</summary>
public enum ManyTests
{
    /// <summary>Holm's steps: the chance of even one false alarm stays below the level.</summary>
    Holm,

    /// <summary>Benjamini and Hochberg's: the expected share of false ones among the alarms does.</summary>
    BenjaminiHochberg,
}
