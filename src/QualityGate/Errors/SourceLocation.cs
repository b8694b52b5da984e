namespace QualityGate.Errors;

/// <summary>A place in a text file that a person wrote.</summary>
/// <param name="File">Path as the user gave it.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
public sealed record SourceLocation(string File, int Line, int Column)
{
    /// <summary><c>file(line,column)</c>, the form that build logs link.</summary>
    public override string ToString() => $"{File}({Line},{Column})";
}
