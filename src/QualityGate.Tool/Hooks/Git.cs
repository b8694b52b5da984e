using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using QualityGate.Errors;

namespace QualityGate.Tool.Hooks;

/// <summary>git, started in a folder. It never asks anything and never opens a connection.</summary>
/// <param name="folder">Where it runs.</param>
internal sealed class Git(string folder)
{
    /// <summary>Runs one command to its end.</summary>
    /// <exception cref="UserErrorException">QG5201: there is no git.</exception>
    public GitAnswer Run(params string[] arguments)
    {
        using MemoryStream output = new();
        (int exitCode, string error) = Start(output, arguments);
        return new GitAnswer(exitCode, Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length), error.Trim());
    }

    /// <summary>Writes what one command prints, as bytes.</summary>
    /// <returns>Whether it ended well.</returns>
    /// <exception cref="UserErrorException">QG5201: there is no git.</exception>
    public bool Write(Stream output, params string[] arguments) => Start(output, arguments).ExitCode == 0;

    private (int ExitCode, string Error) Start(Stream output, string[] arguments)
    {
        ProcessStartInfo start = new("git")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        Array.ForEach(arguments, start.ArgumentList.Add);
        Restrict(start.Environment);
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> error = process.StandardError.ReadToEndAsync();
            process.StandardOutput.BaseStream.CopyTo(output);
            process.WaitForExit();
            return (process.ExitCode, error.GetAwaiter().GetResult());
        }
        catch (Win32Exception failure)
        {
            throw new UserErrorException(HookErrors.NoGit, $"git cannot be started: {failure.Message}", innerException: failure);
        }
    }

    /// <summary>The names that a command with <c>-z</c> prints.</summary>
    /// <exception cref="UserErrorException">QG5208: the command failed.</exception>
    public string[] Names(params string[] arguments)
    {
        GitAnswer answer = Run(arguments);
        return answer.IsDone
            ? answer.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            : throw new UserErrorException(HookErrors.GitFailed, $"`git {arguments.First(a => !a.StartsWith('-'))}` ended with {answer.ExitCode}: {answer.Error}");
    }

    private static void Restrict(IDictionary<string, string?> environment)
    {
        // Messages are told apart by their English text.
        environment["LC_ALL"] = "C";
        environment["GIT_TERMINAL_PROMPT"] = "0";
        environment["GIT_OPTIONAL_LOCKS"] = "0";

        // A partial clone would fetch what it lacks: older versions of git know only the second of these.
        environment["GIT_NO_LAZY_FETCH"] = "1";
        environment["GIT_ALLOW_PROTOCOL"] = "none";
    }
}

/// <summary>What git said.</summary>
/// <param name="ExitCode">0 when all went well.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error, trimmed.</param>
internal sealed record GitAnswer(int ExitCode, string Output, string Error)
{
    /// <summary>Whether all went well.</summary>
    public bool IsDone => ExitCode == 0;

    /// <summary>The only line of output.</summary>
    public string Line => Output.TrimEnd('\n', '\r');
}
