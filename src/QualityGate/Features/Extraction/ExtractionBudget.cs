namespace QualityGate.Features.Extraction;

/// <summary>
/// How long an extraction may compute images that are not cached. They are taken in a seeded random order of the whole set, so that what is
/// finished when time is up is a random sample of it, whatever was cached. Cached images cost only their reading, and are taken beyond it.
/// </summary>
/// <param name="Whole">The time that the user gave to the run, for messages.</param>
/// <param name="Share">This extraction's part of it.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Seed">Seed of the order.</param>
public sealed record ExtractionBudget(TimeSpan Whole, TimeSpan Share, TimeProvider Clock, uint Seed);
