using System.CommandLine;
using System.Globalization;

namespace QualityGate.Tool.Help;

/// <summary>The text of <c>--help</c>: what it does, how to call it, what may be given, what it answers, and examples at the end.</summary>
internal sealed class HelpPage(TextWriter writer, int width)
{
    private const int Indent = 2;
    private const int WidestLabel = 34;

    /// <summary>Writes the page of a command.</summary>
    public void Write(Command command)
    {
        bool isRoot = !command.Parents.Any();
        Paragraph(command.Description ?? string.Empty, 0);
        Section("Usage");
        Paragraph(SymbolText.Usage(command), Indent);
        if (isRoot)
        {
            foreach ((string title, IReadOnlyList<Command> commands) in CommandGroups.Of(command))
            {
                Table(title, commands.Select(Row));
            }
        }
        else
        {
            Table("Commands", command.Subcommands.Where(c => !c.Hidden).Select(Row));
        }

        Table("Arguments", command.Arguments.Where(a => !a.Hidden).Select(a => (a.HelpName ?? a.Name, SymbolText.Description(a))));
        Table("Options", SymbolText.OptionsOf(command).Select(o => (Label(o), SymbolText.Description(o))));
        Table("Exit codes", (isRoot ? ExitCodeNote.All : command.ExitCodeNotes()).Select(c => (c.Code.ToString(CultureInfo.InvariantCulture), c.Meaning)));
        if (isRoot)
        {
            Section("Documentation");
            Paragraph("'qualitygate COMMAND --help' for each command, 'qualitygate explain CODE' for each code. docs/cli.md has all commands, docs/spec.md the spec, docs/metrics.md the metrics.", Indent);
        }

        Examples(command.Examples());
    }

    private static (string Label, string Text) Row(Command command) =>
        (string.Join(' ', command.Arguments.Where(a => !a.Hidden).Select(SymbolText.Usage).Prepend(command.Name)), command.Description ?? string.Empty);

    // Long names stand below each other, whether there is a short one or not.
    private static string Label(Option option) => SymbolText.Label(option) is ['-', '-', ..] label ? $"    {label}" : SymbolText.Label(option);

    private void Examples(IReadOnlyList<Example> examples)
    {
        if (examples.Count == 0)
        {
            return;
        }

        Section("Examples");
        foreach (Example example in examples)
        {
            Paragraph($"# {example.Does}", Indent);
            Line(Indent, example.Line);
        }
    }

    private void Table(string title, IEnumerable<(string Label, string Text)> rows)
    {
        (string Label, string Text)[] all = [.. rows];
        if (all.Length == 0)
        {
            return;
        }

        Section(title);
        int labels = all.Select(r => r.Label.Length).Where(l => l <= WidestLabel).DefaultIfEmpty(WidestLabel).Max();
        int column = Indent + labels + 2;
        foreach ((string label, string text) in all)
        {
            IReadOnlyList<string> lines = TextWrap.Lines(text, width - column);
            bool fits = label.Length <= labels;
            Line(Indent, fits && lines.Count > 0 ? $"{label.PadRight(labels)}  {lines[0]}" : label);
            foreach (string line in lines.Skip(fits ? 1 : 0))
            {
                Line(column, line);
            }
        }
    }

    private void Section(string title)
    {
        Line(0, string.Empty);
        Line(0, $"{title}:");
    }

    private void Paragraph(string text, int indent)
    {
        foreach (string line in TextWrap.Lines(text, width - indent))
        {
            Line(indent, line);
        }
    }

    private void Line(int indent, string text) => writer.Write($"{new string(' ', indent)}{text}".TrimEnd() + "\n");
}
