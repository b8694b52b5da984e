namespace QualityGate.Tests.Packaging;

/// <summary>Real projects, built with the packed package.</summary>
public sealed class MSBuildTests : IClassFixture<PackedBuild>
{
    private static readonly string Sample = RepositoryFiles.At("samples", "quickstart");

    private readonly PackedBuild _package;
    private readonly string _folder;

    public MSBuildTests(PackedBuild package)
    {
        _package = package;
        _folder = package.NewFolder();
        Write("nuget.config", $"""<configuration><packageSources><clear/><add key="local" value="{package.Packages}"/></packageSources></configuration>""");
        Write("P.cs", "public static class P;");
        Project("net10.0");
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Sample, "good"), "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(_folder, "out", Path.GetRelativePath(Path.Combine(Sample, "good"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    [Fact]
    public void A_build_runs_the_gate_once_and_again_only_when_something_changed()
    {
        Spec("out", "  coverage: { min: 0.6 }");
        Assert.Contains("PASS: 1 gate", Build(0, "--restore"), StringComparison.Ordinal);
        Assert.DoesNotContain("PASS", Build(0), StringComparison.Ordinal);

        string image = Directory.EnumerateFiles(Path.Combine(_folder, "out"), "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        File.SetLastWriteTimeUtc(image, DateTime.UtcNow.AddSeconds(2));
        Assert.Contains("PASS", Build(0), StringComparison.Ordinal);
        File.SetLastWriteTimeUtc(image, DateTime.UtcNow.AddDays(-1));
        Assert.Contains("PASS", BuildAndSettle(), StringComparison.Ordinal);
        Assert.DoesNotContain("PASS", Build(0), StringComparison.Ordinal);

        byte[] bytes = File.ReadAllBytes(image);
        File.Delete(image);
        Assert.Contains("PASS", Build(0), StringComparison.Ordinal);
        Assert.DoesNotContain("PASS", Build(0), StringComparison.Ordinal);

        File.WriteAllBytes(image + ".new.png", bytes);
        File.SetLastWriteTimeUtc(image + ".new.png", DateTime.UtcNow.AddDays(-1));
        Assert.Contains("PASS", Build(0), StringComparison.Ordinal);
        Assert.DoesNotContain("PASS", Build(0), StringComparison.Ordinal);

        Spec("out", "  coverage: { min: 0.5 }");
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "qualitygate.yaml"), DateTime.UtcNow.AddSeconds(2));
        Assert.Contains("PASS", Build(0), StringComparison.Ordinal);

        Build(0, "-t:Clean");
        Assert.False(Directory.Exists(Path.Combine(_folder, "obj", "Debug", "net10.0", "qualitygate")));
    }

    [Fact]
    public void A_breach_is_an_error_at_its_line_and_fails_every_build_until_it_is_mended()
    {
        Spec(Path.Combine(Sample, "repeated"), "  coverage: { min: 0.9 }\n  density: { min: 50, level: warn }");
        string text = Build(1, "--restore");
        Assert.Contains("qualitygate.yaml(6,15): error QG2002: coverage is", text, StringComparison.Ordinal);
        Assert.Contains("qualitygate.yaml(7,14): warning QG2002: density is", text, StringComparison.Ordinal);
        Assert.Contains("error QG5302", text, StringComparison.Ordinal);
        Assert.DoesNotContain("MSB3073", text, StringComparison.Ordinal);
        Assert.Contains("error QG2002", Build(1), StringComparison.Ordinal);
        Assert.DoesNotContain("QG2002", Build(0, "-p:QualityGateEnabled=false"), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "obj", "Debug", "net10.0", "qualitygate", "qualitygate", "result.json")));
    }

    [Fact]
    public void A_warning_is_a_warning_and_can_be_a_message()
    {
        Spec("out", "  density: { min: 50, level: warn }");
        Assert.Contains("warning QG2002", Build(0, "--restore"), StringComparison.Ordinal);
        Touch();
        Assert.Contains("error QG2002", Build(1, "-warnaserror"), StringComparison.Ordinal);
        Touch();
        Assert.DoesNotContain("warning QG2002", Build(0, "-warnaserror", "-p:QualityGateWarnAsMessage=true"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_judged_fails_the_build_with_its_place()
    {
        Write("qualitygate.yaml", "version: 1\ngatez: {}\n");
        string text = Build(1, "--restore");
        Assert.Contains("qualitygate.yaml(2,1): error QG1002: unknown key `gatez`", text, StringComparison.Ordinal);
        Assert.Contains("error QG5303", text, StringComparison.Ordinal);
        Assert.Equal(1, Lines(text, "error QG1002: unknown key `gatez`"));

        Assert.Contains("error QG5304", Build(1, "-p:QualityGateCommand=no-such-program-here"), StringComparison.Ordinal);
        Assert.Contains("error QG5301", Build(1, "-p:QualityGateToolFolder=/nowhere/"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_target_runs_alone_and_several_specs_run_each()
    {
        Spec("out", "  coverage: { min: 0.5 }");
        Write("second.yaml", File.ReadAllText(Path.Combine(_folder, "qualitygate.yaml")));
        Project("net10.0", """<QualityGateSpec Include="second.yaml" />""");
        Assert.Equal(0, Dotnet("restore").ExitCode);
        string text = Build(0, "-t:QualityGate");
        Assert.Equal(2, Lines(text, "PASS: 1 gate"));
        Assert.False(Directory.Exists(Path.Combine(_folder, "bin")));
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "second.yaml"), DateTime.UtcNow.AddSeconds(2));
        Assert.Equal(1, Lines(Build(0), "PASS: 1 gate"));
    }

    [Fact]
    public void A_project_with_several_frameworks_runs_it_once_and_one_that_only_references_it_never()
    {
        Spec("out", "  coverage: { min: 0.5 }");

        // An outer build and one inner build: reference packs of other frameworks are not everywhere.
        Project("net10.0", isMultiple: true);
        string text = Build(0, "--restore");
        Assert.Equal(1, Lines(text, "PASS: 1 gate"));

        Project("net10.0");
        string consumer = Directory.CreateDirectory(Path.Combine(_folder, "consumer")).FullName;
        File.WriteAllText(Path.Combine(consumer, "qualitygate.yaml"), "not a spec");
        File.WriteAllText(Path.Combine(consumer, "c.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../p.csproj" />
                <QualityGateSpec Include="qualitygate.yaml" />
              </ItemGroup>
            </Project>
            """);
        (int exitCode, string transitive) = _package.Dotnet(consumer, "build", "-nologo");
        Assert.True(exitCode == 0, transitive);
        Assert.DoesNotContain("QG1", transitive, StringComparison.Ordinal);
    }

    private string Build(int exitCode, params string[] options)
    {
        bool restores = options.Contains("--restore");
        (int answered, string text) = Dotnet(["build", "-nologo", "-v", "n", .. restores ? [] : new[] { "--no-restore" }, .. options.Where(o => o != "--restore")]);
        Assert.True(answered == exitCode, text);
        return text;
    }

    // After the clock of a file went back, the list of inputs is as before and only the file's own time can tell.
    private string BuildAndSettle()
    {
        Touch();
        return Build(0);
    }

    private void Touch() => File.SetLastWriteTimeUtc(Path.Combine(_folder, "qualitygate.yaml"), DateTime.UtcNow);

    private (int ExitCode, string Text) Dotnet(params string[] arguments) => _package.Dotnet(_folder, arguments);

    private static int Lines(string text, string part)
    {
        // At normal verbosity the summary repeats errors and warnings.
        int summary = text.IndexOf("Build succeeded.", StringComparison.Ordinal) is >= 0 and int passed ? passed : text.IndexOf("Build FAILED.", StringComparison.Ordinal);
        return text[..summary].Split('\n').Count(l => l.Contains(part, StringComparison.Ordinal));
    }

    private void Spec(string candidate, string gates) => Write("qualitygate.yaml", $$"""
        version: 1
        reference: {{Path.Combine(Sample, "reference")}}
        candidate: {{candidate}}
        extractor: random-vgg16
        gates:
        {{gates}}
        """);

    private void Project(string frameworks, string more = "", bool isMultiple = false) => Write("p.csproj", $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            {(isMultiple ? $"<TargetFrameworks>{frameworks}</TargetFrameworks>" : $"<TargetFramework>{frameworks}</TargetFramework>")}
            <EnableDefaultCompileItems>false</EnableDefaultCompileItems>
          </PropertyGroup>
          <ItemGroup>
            <Compile Include="P.cs" />
            <PackageReference Include="QualityGate.MSBuild" Version="{_package.Version}" PrivateAssets="all" />
            <QualityGateSpec Include="qualitygate.yaml" />
            {more}
          </ItemGroup>
        </Project>
        """);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
