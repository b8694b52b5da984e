using System.Text;

namespace QualityGate.Tool.Completion;

/// <summary>Splits what is written left of the cursor into words as a POSIX shell would, also where a quote is still open.</summary>
internal static class LineWords
{
    /// <summary>The whole words, and the one at the cursor, which may be empty.</summary>
    public static (IReadOnlyList<string> Before, string Current) Split(string line)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool inWord = false;
        char quote = '\0';
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '\\' && quote != '\'' && i + 1 < line.Length && (quote == '\0' || line[i + 1] is '"' or '\\' or '$' or '`'))
            {
                word.Append(line[++i]);
                inWord = true;
            }
            else if (quote != '\0' ? c == quote : c is '"' or '\'')
            {
                quote = quote == '\0' ? c : '\0';
                inWord = true;
            }
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                Finish();
            }
            else
            {
                word.Append(c);
                inWord = true;
            }
        }

        return (words, word.ToString());

        void Finish()
        {
            if (inWord)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            inWord = false;
        }
    }
}
