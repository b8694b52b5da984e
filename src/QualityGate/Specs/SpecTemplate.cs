using System.Text;

namespace QualityGate.Specs;

/// <summary>The commented spec that <c>qualitygate init</c> writes. A <c>#</c> without one space after it is a setting to switch on.</summary>
public static class SpecTemplate
{
    /// <summary>The folder of real images when none was found.</summary>
    public const string DefaultReference = "data/real";

    /// <summary>The folder of generated images when none was found.</summary>
    public const string DefaultCandidate = "out/samples";

    /// <summary>The spec's text, which <see cref="SpecReader"/> accepts as it is.</summary>
    /// <param name="reference">Folder of real images that was found, relative to the spec, or null.</param>
    /// <param name="candidate">Folder of generated images that was found, relative to the spec, or null.</param>
    public static string Write(string? reference, string? candidate) =>
        $"""
        # What qualitygate measures, and what it accepts. Every key: docs/spec.md
        # `qualitygate schema > qualitygate.schema.json` writes a schema; with this line an editor completes and checks:
        # yaml-language-server: $schema=qualitygate.schema.json
        version: 1

        # What the images should look like, and what this build produced: a folder, a glob, a .zip, a list file,
        # or a feature file. Paths start at this file's folder.
        reference: {Quote(reference ?? DefaultReference)}
        candidate: {Quote(candidate ?? DefaultCandidate)}

        # What turns an image into features. {BuiltInExtractors.RandomVgg16Name} is built in and needs no download; a model of
        # your own is a path to its .onnx file, with a recipe beside it.
        extractor: {BuiltInExtractors.RandomVgg16Name}

        # The class of each image, for gates with `per_class: worst`: its first folder (`folders`), a CSV file of path,label,
        # or an array such as labels.npz#y.
        #labels: folders

        # Masks of the objects, and an audit of what features owe to backgrounds, for gates on background_gap and biased_classes.
        #masks:
        #  source: data/masks
        #  mode: none
        #background:
        #  set: reference

        # What was accepted before. `qualitygate baseline create` writes it; commit it.
        #baseline: qualitygate/baseline.safetensors

        # Without a baseline, as on a first run: error | create (accept this run's numbers unless a gate fails) | absolute-only
        #on_missing_baseline: create

        # Parameters of metrics, where the defaults will not do.
        #metrics:
        #  prdc:
        #    k: 5

        # The limits. Measure first (`qualitygate check` shows every number), then tighten.
        # level: warn shows a breach without failing the build.
        # With a baseline, max_increase and max_decrease hold what was reached: 0.02, or 5% of the accepted value.
        gates:
          coverage:
            min: 0.50
            #max_decrease: 0.05
          density:
            min: 0.50
            level: warn
          #fid:
          #  max_increase: 5%

        # A change inside the noise is inconclusive, not a failure: pass | warn | fail
        confidence: 0.95
        on_inconclusive: warn

        # Images that cannot be read: error | skip
        on_unreadable: error

        """.ReplaceLineEndings("\n");

    /// <summary>Double quotes around a path that YAML would read otherwise.</summary>
    private static string Quote(string path)
    {
        bool isPlain = path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-')
            && path.Any(char.IsAsciiLetter) && char.IsAsciiLetter(path[0]) && path.Length > 5;
        if (isPlain)
            return path;
        var quoted = new StringBuilder("\"");
        foreach (char c in path)
        {
            if (c is '"' or '\\')
                quoted.Append('\\');
            quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
