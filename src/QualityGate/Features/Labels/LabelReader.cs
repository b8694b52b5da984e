using QualityGate.Errors;
using QualityGate.Features.Extraction;
using QualityGate.Features.Files;
using QualityGate.Specs;

namespace QualityGate.Features.Labels;

/// <summary>Gives each image of a set its class, from folders, a CSV file or an array.</summary>
public static class LabelReader
{
    /// <summary>The source that takes the first folder of each image's path.</summary>
    public const string Folders = Specs.Options.LabelOptions.Folders;

    /// <summary>Most characters of a label.</summary>
    public const int LongestLabel = 200;

    /// <summary>Most classes of a set.</summary>
    public const int MostClasses = 10_000;

    /// <summary>Labels a set.</summary>
    /// <param name="set">The set, with its images' paths where labels go by path.</param>
    /// <param name="source"><c>folders</c>, a CSV file <c>path,label</c>, or <c>FILE.npz#key</c> or <c>FILE.npy</c> of text or whole numbers <c>[N]</c>.</param>
    /// <param name="role"><c>reference</c> or <c>candidate</c>, for messages.</param>
    /// <param name="whole">When the set is a sample of another: of which, since labels are of the whole one. Then none of them count as unknown.</param>
    /// <exception cref="UserErrorException">QG4070..QG4076, or a QG41xx of a damaged array: an image has no usable label.</exception>
    public static LabelledSet Read(FeatureSet set, Located<string> source, string role, SetSample? whole = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(role);
        RequireThere(source);
        LabelTarget target = new(set, role, source.Location);
        (IReadOnlyList<string> labels, int unknown) = source.Value switch
        {
            Folders => (FolderLabels.Read(target), 0),
            { } array when FeatureLocation.TryParse(array) is not null => (ArrayLabels.Read(target, array, whole), 0),
            { } file => CsvLabels.Read(target, file),
        };
        return new LabelledSet(set with { Labels = Checked(labels, target) }, whole is null ? unknown : 0);
    }

    /// <summary>Throws when the labels name a file that is not there: better before the images are looked at than after.</summary>
    /// <param name="source">As in <see cref="Read"/>.</param>
    /// <exception cref="UserErrorException">QG4070.</exception>
    public static void RequireThere(Located<string> source)
    {
        string path = FeatureLocation.TryParse(source.Value)?.Path ?? source.Value;
        if (source.Value != Folders && !File.Exists(path))
        {
            string what = Directory.Exists(path) ? "is a folder; for classes by folder, write the word `folders`" : "does not exist";
            throw new UserErrorException(DataErrors.LabelsUnreadable, $"the labels {path}: it {what}.", source.Location);
        }
    }

    private static string[] Checked(IReadOnlyList<string> labels, LabelTarget target)
    {
        // One text a class: a million images then share a few strings.
        Dictionary<string, string> classes = new(StringComparer.Ordinal);
        string[] shared = new string[labels.Count];
        for (int i = 0; i < shared.Length; i++)
        {
            string label = labels[i];
            if (string.IsNullOrWhiteSpace(label) || label.Length > LongestLabel)
            {
                string what = label.Length > LongestLabel ? $"a label of {label.Length} characters, more than {LongestLabel}" : "an empty label";
                throw target.Fail(DataErrors.LabelRefused, $"{target.NameOf(i)} of the {target.Role} has {what}.");
            }

            if (!classes.TryGetValue(label, out string? known))
            {
                classes[label] = known = classes.Count < MostClasses
                    ? label
                    : throw target.Fail(DataErrors.LabelRefused, $"the {target.Role} has more than {MostClasses} classes.");
            }

            shared[i] = known;
        }

        return shared;
    }
}

/// <summary>A set with labels.</summary>
/// <param name="Set">The set; its labels are there.</param>
/// <param name="Unknown">Labels of images that are not in the set; they are ignored.</param>
public sealed record LabelledSet(FeatureSet Set, int Unknown);
