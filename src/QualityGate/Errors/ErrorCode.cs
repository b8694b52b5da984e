namespace QualityGate.Errors;

/// <summary>A stable name for one kind of mistake or breach, so that it can be looked up and searched for.</summary>
/// <param name="Id">Such as <c>QG1001</c>: 1xxx spec, 2xxx gates, 3xxx baselines, 4xxx data, 5xxx publishing.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Advice">What a person does about it.</param>
public sealed record ErrorCode(string Id, string Title, string Advice)
{
    /// <inheritdoc />
    public override string ToString() => Id;
}
