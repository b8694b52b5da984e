using System.Security.Cryptography;
using System.Text;

namespace QualityGate.Tool.Hooks;

/// <summary>
/// The fenced part of a hook. It stands right behind the first line, so that no <c>exit</c> or <c>exec</c> of the rest hides it. It reads what git
/// says on standard input, judges, stops the push when it must, and gives the same input to what follows.
/// </summary>
internal static class HookBlock
{
    public const string Start = "# >>> qualitygate >>>";
    public const string End = "# <<< qualitygate <<<";

    private const string SumLine = "# sum: ";
    private const string CreatedLine = "# The file was created with it.";

    /// <summary>Writes the block, without a newline at its end.</summary>
    /// <param name="plan">What the hook does.</param>
    /// <param name="createdFile">Whether the file exists only for it.</param>
    public static string Write(HookPlan plan, bool createdFile)
    {
        string body = Body(plan, createdFile);
        return $"{Start}\n{SumLine}{Sum(body)}\n{body}\n{End}";
    }

    /// <summary>Whether a block is as it was written, by whatever version.</summary>
    public static bool IsUntouched(string block)
    {
        string[] lines = block.Split('\n');
        return lines.Length > 3 && lines[1] == SumLine + Sum(string.Join('\n', lines[2..^1]));
    }

    /// <summary>Whether the file was created with the block.</summary>
    public static bool CreatedFile(string block) => block.Split('\n').Contains(CreatedLine);

    private static string Sum(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))[..16];

    private static string Body(HookPlan plan, bool createdFile) => $$"""
        # Written by `qualitygate hook install`, which also rewrites it; `qualitygate hook uninstall` takes it out.
        {{(createdFile ? CreatedLine : "# The rest of the file was here before.")}}
        qualitygate_refs=$(cat)
        if [ "${QUALITYGATE_SKIP:-}" = 1 ]; then
            echo 'qualitygate: skipped, since QUALITYGATE_SKIP is 1' >&2
        elif [ -n "$qualitygate_refs" ]; then
            printf '%s\n' "$qualitygate_refs" | {{plan.Command}} hook run --remote="${1:-origin}"{{plan.Options}} || {
                qualitygate_exit=$?
                {{plan.Command}} --version >/dev/null 2>&1 || {
                    qualitygate_exit=1
                    echo 'qualitygate: the gate cannot be started, so the push was stopped. {{Install(plan)}}' >&2
                    echo 'qualitygate: to push without it once: git push --no-verify, or QUALITYGATE_SKIP=1' >&2
                }
                exit "$qualitygate_exit"
            }
        fi
        if [ -n "$qualitygate_refs" ]; then
            exec <<QUALITYGATE_REFS
        $qualitygate_refs
        QUALITYGATE_REFS
        else
            exec </dev/null
        fi
        unset qualitygate_refs
        """;

    private static string Install(HookPlan plan) => plan.Command == ToolManifest.LocalCommand
        ? "Restore it: dotnet tool restore"
        : "Install it: dotnet tool install --global QualityGate.Tool";
}
