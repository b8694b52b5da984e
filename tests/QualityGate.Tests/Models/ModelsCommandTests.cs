using System.Diagnostics;
using System.Text.Json;
using Google.Protobuf;
using QualityGate.Features.Models;
using QualityGate.Onnx.Protobuf;
using QualityGate.Specs;
using QualityGate.Tests.Onnx;
using QualityGate.Tests.Tool;

namespace QualityGate.Tests.Models;

/// <summary><c>qualitygate models</c> as a user starts it.</summary>
public sealed class ModelsCommandTests : IDisposable
{
    private const string Recipe = "model: tiny.onnx\ninput: { color: bgr, size: 8, resize: bilinear, mean: [0.1, 0.2, 1e-5], std: [1, 2, 3] }\noutputs: { features: MaxPool_2 }\npool: mean\n";

    private readonly ToolRun _tool = new();

    public ModelsCommandTests()
    {
        File.WriteAllBytes(At("tiny.onnx"), TinyNetwork.Build());
        _tool.Write("tiny.extractor.yaml", Recipe);
    }

    [Fact]
    public void An_imported_model_is_checked_listed_verified_used_by_name_and_removed()
    {
        ToolRun.Answer import = Import();
        Assert.Equal((0, ""), (import.ExitCode, import.Error));
        Assert.StartsWith("my-net is in the store\n", import.Output, StringComparison.Ordinal);
        Assert.Contains("features [batch, 5]", import.Output, StringComparison.Ordinal);
        Assert.Matches(@"check run +4 features of an image of noise; mean -?\d", import.Output);
        Assert.Contains("my-net             in the store", _tool.Run("models", "list").Output, StringComparison.Ordinal);
        Assert.Equal("my-net: all 2 files are as they were written\n", _tool.Run("models", "verify").Output);
        ToolRun.Answer info = Extract("my-net", "stored.safetensors");
        Assert.Matches("features +4\n", info.Output);
        Assert.Matches("extractor +my-net\n", info.Output);
        Assert.Equal(0, _tool.Run("models", "remove", "my-net").ExitCode);
        Assert.Equal(2, Extract("my-net", "again.safetensors").ExitCode);
        Assert.DoesNotContain("my-net", _tool.Run("models", "list").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_features_are_those_of_the_file_that_was_imported()
    {
        Import();
        string[] fingerprints = [.. new[] { "tiny.extractor.yaml", "my-net" }.Select((e, i) => Extract(e, $"{i}.safetensors").Output.Split('\n').First(l => l.StartsWith("extractor fingerprint", StringComparison.Ordinal)))];
        Assert.Contains("sha256:", fingerprints[0], StringComparison.Ordinal);
        Assert.Equal(fingerprints[0], fingerprints[1]);
    }

    [Fact]
    public void A_spec_may_name_a_stored_model()
    {
        Import();
        string images = Images();
        _tool.Write("qualitygate.yaml", $"version: 1\nreference: {images}\ncandidate: {images}\nextractor: my-net\ngates: {{ duplicates: {{ max: 1 }} }}\n");
        ToolRun.Answer check = _tool.Run("check");
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
        File.WriteAllText(At("qualitygate.yaml"), File.ReadAllText(At("qualitygate.yaml")).Replace("my-net", "vgg16", StringComparison.Ordinal));
        check = _tool.Run("check");
        Assert.Equal(2, check.ExitCode);
        Assert.Contains("run: qualitygate models add vgg16", check.Error, StringComparison.Ordinal);
        Assert.Contains("qualitygate.yaml(4,12)", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_with_constants_come_along()
    {
        ModelProto proto = ModelProto.Parser.ParseFrom(TinyNetwork.Build());
        TensorProto weights = proto.Graph.Initializer[0];
        Directory.CreateDirectory(At("data"));
        File.WriteAllBytes(At("data", "w.bin"), weights.RawData.ToByteArray());
        weights.ClearRawData();
        weights.DataLocation = 1;
        weights.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "./data/w.bin" });
        File.WriteAllBytes(At("tiny.onnx"), proto.ToByteArray());
        Assert.Equal(0, Import().ExitCode);
        Assert.True(File.Exists(At("store-home", "models", "my-net", "data", "w.bin")));
        Assert.Contains("all 3 files", _tool.Run("models", "verify", "my-net").Output, StringComparison.Ordinal);
        File.Delete(At("data", "w.bin"));
        Assert.Equal(0, Extract("my-net", "f.safetensors").ExitCode);
        File.Delete(At("store-home", "models", "my-net", "data", "w.bin"));
        ToolRun.Answer verify = _tool.Run("models", "verify");
        Assert.Equal(2, verify.ExitCode);
        Assert.Contains("error QG4604: my-net: data/w.bin is missing; `qualitygate models remove my-net` and import it again", verify.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_does_not_fit_its_recipe_is_not_stored()
    {
        _tool.Write("tiny.extractor.yaml", Recipe.Replace("MaxPool_2", "nothing", StringComparison.Ordinal));
        Refused("QG4203", "import", "tiny.onnx", "--name", "my-net", "--recipe", "tiny.extractor.yaml");
        Refused("QG4204", "import", "tiny.onnx", "--name", "my-net", "--recipe", "vgg16");
        Refused("QG1014", "import", "tiny.onnx", "--name", "my-net", "--recipe", "vgg");
        Refused("QG4201", "import", "missing.onnx", "--name", "my-net", "--recipe", "vgg16");
        Refused("QG4602", "import", "tiny.onnx", "--name", "../my-net", "--recipe", "tiny.extractor.yaml");
        Refused("QG4602", "import", "tiny.onnx", "--name", "vgg16", "--recipe", "tiny.extractor.yaml");
        Refused("QG4602", "import", "tiny.onnx", "--name", "random-vgg16", "--recipe", "tiny.extractor.yaml");
        Assert.DoesNotContain("in the store,", _tool.Run("models", "list").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_model_may_be_imported_twice_another_one_not()
    {
        Import();
        Assert.StartsWith("my-net was there already\n", Import().Output, StringComparison.Ordinal);
        _tool.Write("tiny.extractor.yaml", Recipe.Replace("bgr", "rgb", StringComparison.Ordinal));
        ToolRun.Answer other = Import();
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("QG4607", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_that_import_the_same_model_at_once_both_end_well()
    {
        Process[] both = [.. Enumerable.Range(0, 2).Select(_ => _tool.Start("models", "import", "tiny.onnx", "--name", "my-net", "--recipe", "tiny.extractor.yaml"))];
        string[] outputs = await Task.WhenAll(both.Select(p => p.StandardOutput.ReadToEndAsync()));
        await Task.WhenAll(both.Select(p => p.WaitForExitAsync()));
        Assert.All(both, p => Assert.Equal(0, p.ExitCode));
        Assert.Equal(["my-net is in the store", "my-net was there already"], outputs.Select(o => o.Split('\n')[0]).Order(StringComparer.Ordinal));
        Assert.Contains("all 2 files", _tool.Run("models", "verify").Output, StringComparison.Ordinal);
        Array.ForEach(both, p => p.Dispose());
    }

    [Fact]
    public async Task A_process_waits_while_another_one_is_busy_with_the_name()
    {
        Process process;
        using (StoreLock.Take(new StorePlaces(At("store-home")), "my-net", null, CancellationToken.None))
        {
            process = _tool.Start("models", "import", "tiny.onnx", "--name", "my-net", "--recipe", "tiny.extractor.yaml");
            Assert.Equal("another process is busy with my-net; waiting for it", await process.StandardError.ReadLineAsync());
            Assert.False(process.HasExited);
        }

        Assert.StartsWith("my-net is in the store", await process.StandardOutput.ReadToEndAsync(), StringComparison.Ordinal);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    [Fact]
    public void The_list_is_JSON_for_programs_even_with_a_broken_entry()
    {
        Import();
        File.WriteAllText(At("store-home", "models", "my-net", "entry.json"), "{\"schema\":\"qualitygate.model/9\"}");
        using JsonDocument json = JsonDocument.Parse(_tool.Run("models", "list", "--format", "json").Output);
        Assert.Equal("qualitygate.models/1", json.RootElement.GetProperty("schema").GetString());
        JsonElement[] models = [.. json.RootElement.GetProperty("models").EnumerateArray()];
        Assert.Equal([.. DownloadableModels.Names, "my-net"], models.Select(m => m.GetProperty("name").GetString()!));
        Assert.Equal("6726825d", models[0].GetProperty("weights").GetProperty("file").GetString()![^12..^4]);
        Assert.False(models[0].GetProperty("stored").GetBoolean());
        Assert.Contains("qualitygate.model/9", models[^1].GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Contains("QG4605", _tool.Run("models", "verify").Error, StringComparison.Ordinal);
        Assert.Equal(0, _tool.Run("models", "remove", "my-net").ExitCode);
    }

    [Fact]
    public void Slips_are_told_before_anything_is_fetched()
    {
        Refused("QG4601", "add", "inception");
        Refused("QG4608", "add", "vgg16", "--sha256", "abc");
        Refused("QG4613", "add", "vgg16", "--mirror", "ftp://mirror.example/");
        Refused("QG4603", "remove", "vgg16");
        Refused("QG4603", "remove", "../..");
        Refused("QG4603", "verify", "vgg16");
        Assert.Equal("there are no models in " + At("store-home", "models") + "\n", _tool.Run("models", "verify").Output);
    }

    [Fact]
    public void Names_are_completed()
    {
        Import();
        Assert.Contains("inception-v3-fid", Words("qualitygate models add inc"), StringComparison.Ordinal);
        Assert.Contains("my-net", Words("qualitygate models remove "), StringComparison.Ordinal);
        Assert.Contains("my-net", Words("qualitygate models verify m"), StringComparison.Ordinal);
        Assert.Contains("my-net", Words("qualitygate measure -e my"), StringComparison.Ordinal);
        Assert.Contains("clean-fid", Words("qualitygate models import a.onnx --recipe c"), StringComparison.Ordinal);
    }

    public void Dispose() => _tool.Dispose();

    private string At(params string[] parts) => Path.Combine([_tool.Folder, .. parts]);

    private ToolRun.Answer Import() => _tool.Run("models", "import", "tiny.onnx", "--name", "my-net", "--recipe", "tiny.extractor.yaml");

    private void Refused(string code, params string[] arguments)
    {
        ToolRun.Answer answer = _tool.Run(["models", .. arguments]);
        Assert.Equal((2, ""), (answer.ExitCode, answer.Output));
        Assert.Contains(code, answer.Error, StringComparison.Ordinal);
    }

    private ToolRun.Answer Extract(string extractor, string file)
    {
        ToolRun.Answer extracted = _tool.Run("features", "extract", Images(), "-e", extractor, "-o", file);
        return extracted.ExitCode == 0 ? _tool.Run("features", "info", file) : extracted;
    }

    private string Images()
    {
        Directory.CreateDirectory(At("images"));
        string[] files = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Data", "images", "decode"), "*.png").Order(StringComparer.Ordinal).Take(3)];
        Array.ForEach(files, f => File.Copy(f, At("images", Path.GetFileName(f)), overwrite: true));
        return "images";
    }

    private string Words(string line) => _tool.Run("[suggest]", line).Output;
}
