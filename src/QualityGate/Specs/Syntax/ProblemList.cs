using QualityGate.Errors;

namespace QualityGate.Specs.Syntax;

/// <summary>Gathers what is wrong while a file is read on, so that a person mends it in one go.</summary>
internal sealed class ProblemList
{
    private readonly List<Problem> _problems = [];

    public int Count => _problems.Count;

    public void Add(ErrorCode code, string message, SourceLocation? location) =>
        _problems.Add(new Problem(code, message, location));

    /// <summary>Throws all problems as one error, in the order of the files' lines.</summary>
    public void ThrowIfAny()
    {
        if (_problems.Count == 0)
            return;
        List<string?> files = [.. _problems.Select(p => p.Location?.File).Distinct()];
        throw UserErrorException.ForProblems(
        [
            .. _problems
                .OrderBy(p => files.IndexOf(p.Location?.File))
                .ThenBy(p => p.Location?.Line ?? 0)
                .ThenBy(p => p.Location?.Column ?? 0),
        ]);
    }
}
