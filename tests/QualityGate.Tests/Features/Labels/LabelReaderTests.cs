using System.Text;
using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Features.Labels;
using QualityGate.Specs;
using QualityGate.Tests.Features.Files;
using TemporaryFolder = QualityGate.Tests.Specs.TemporaryFolder;

namespace QualityGate.Tests.Features.Labels;

public sealed class LabelReaderTests
{
    private static readonly SourceLocation Place = new("qualitygate.yaml", 5, 9);

    [Fact]
    public void The_first_folder_of_a_path_is_its_class() =>
        Assert.Equal(["boot", "boot", "bag", "hat"], Read(Paths("boot/1.png", "boot/new/2.png", "bag/1.png", "./hat/x.png"), "folders").Set.Labels);

    [Fact]
    public void Images_outside_of_any_folder_are_named()
    {
        UserErrorException error = Fails(Paths("boot/1.png", "2.png", "../3.png", "/4/5.png"), "folders");
        Assert.Equal(
            "3 images have no label in the candidate: '2.png', '../3.png', '/4/5.png'; labels by folder need an image to lie in a folder of the set.", error.Message);
        Assert.Equal((DataErrors.LabelMissing, Place), (error.Code, error.Location));
    }

    [Theory]
    [InlineData("path,label\r\na/1.png,cat\r\nb/2.png,dog\r\n")]
    [InlineData("\uFEFFPATH, Label\nb/2.png,dog\n\n./a/1.png,cat")]
    [InlineData("b\\2.png,dog\n\"a/1.png\",\"cat\"\na/1.png,cat\n")]
    public void A_csv_file_labels_by_path_in_any_order(string csv)
    {
        using TemporaryFolder folder = new();
        LabelledSet read = Read(Paths("a/1.png", "b/2.png"), folder.Write("labels.csv", csv));
        Assert.Equal(["cat", "dog"], read.Set.Labels);
        Assert.Equal(0, read.Unknown);
    }

    [Fact]
    public void Quoted_cells_hold_commas_quotes_and_line_breaks()
    {
        using TemporaryFolder folder = new();
        string csv = folder.Write("labels.csv", "\"a,\"\"1\"\".png\",\"one, \"\"two\"\"\r\nthree\"\nb.png,x y\n");
        Assert.Equal(["one, \"two\"\r\nthree", "x y"], Read(Paths("a,\"1\".png", "b.png"), csv).Set.Labels);
    }

    [Fact]
    public void Labels_of_other_images_are_counted_and_ignored()
    {
        using TemporaryFolder folder = new();
        LabelledSet read = Read(Paths("a.png", "a.png"), folder.Write("labels.csv", "file,class\na.png,cat\nold.png,cat\n"));
        Assert.Equal(["cat", "cat"], read.Set.Labels);
        Assert.Equal(2, read.Unknown);
    }

    [Fact]
    public void Images_without_a_label_are_counted_and_the_first_are_named()
    {
        using TemporaryFolder folder = new();
        string csv = folder.Write("labels.csv", "a0.png,cat\n");
        UserErrorException error = Fails(Paths([.. Enumerable.Range(0, 9).Select(i => $"a{i}.png")]), csv);
        Assert.Equal(
            $"8 images have no label in the candidate: 'a1.png', 'a2.png', 'a3.png', 'a4.png', 'a5.png' and 3 more; {csv} does not name them.", error.Message);
    }

    [Theory]
    [InlineData("a.png,cat\na.png,dog\n", "QG4074", "labels.csv(2): the image 'a.png' has the label 'dog' here and 'cat' before.")]
    [InlineData("a.png,cat,1\n", "QG4071", "labels.csv(1): a row has the two columns path,label, but this one has 3.")]
    [InlineData("a.png\n", "QG4071", "labels.csv(1): a row has the two columns path,label, but this one has 1.")]
    [InlineData("\n\na.png,\"cat\n\n", "QG4071", "labels.csv cannot be read: the row on line 3 has a quote that is not closed.")]
    [InlineData("a.png,\"cat\"s\n", "QG4071", "labels.csv cannot be read: the row on line 1 has text after a closing quote.")]
    [InlineData("a.png,ca\"t\n", "QG4071", "labels.csv cannot be read: the row on line 1 has a quote inside a cell that does not begin with one.")]
    [InlineData("a.png,\n", "QG4076", "the image 'a.png' of the candidate has an empty label.")]
    public void A_csv_file_that_is_wrong_is_refused_with_the_line(string csv, string code, string message)
    {
        using TemporaryFolder folder = new();
        UserErrorException error = Fails(Paths("a.png"), folder.Write("labels.csv", csv));
        Assert.Equal(code, error.Code.Id);
        Assert.EndsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_counted_through_quoted_line_breaks()
    {
        using TemporaryFolder folder = new();
        UserErrorException error = Fails(Paths("a.png"), folder.Write("labels.csv", "b.png,\"x\ny\"\r\n\r\na.png\n"));
        Assert.Contains("labels.csv(4): a row has", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_labels_rows_and_too_many_classes_are_refused()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(
            "the image 'a.png' of the candidate has a label of 201 characters, more than 200.",
            Fails(Paths("a.png"), folder.Write("long.csv", "a.png," + new string('x', 201))).Message);
        Assert.Contains("is longer than 65536 characters", Fails(Paths("a.png"), folder.Write("endless.csv", "a.png,\"" + new string('x', 70_000))).Message, StringComparison.Ordinal);
        Assert.Contains("more than 64 cells", Fails(Paths("a.png"), folder.Write("wide.csv", new string(',', 70))).Message, StringComparison.Ordinal);
        string[] images = [.. Enumerable.Range(0, 10_001).Select(i => $"c{i}/x.png")];
        Assert.Equal("the candidate has more than 10000 classes.", Fails(Paths(images), "folders").Message);
        Assert.Equal(10_000, Read(Paths(images[..10_000]), "folders").Set.Labels!.Distinct().Count());
    }

    [Fact]
    public void A_file_that_is_not_there_a_folder_and_bytes_that_are_no_text_are_errors()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(DataErrors.LabelsUnreadable, Fails(Paths("a.png"), Path.Combine(folder.Path, "none.csv")).Code);
        Assert.Equal(DataErrors.LabelsUnreadable, Fails(Paths("a.png"), Path.Combine(folder.Path, "none.npz#y")).Code);
        Assert.Contains("write the word `folders`", Fails(Paths("a.png"), folder.Path).Message, StringComparison.Ordinal);
        UserErrorException error = Fails(Paths("a.png"), folder.Write("bytes.csv", [0x61, 0x2C, 0xFF, 0xFE, 0x0A]));
        Assert.Equal(DataErrors.LabelsMalformed, error.Code);
        Assert.EndsWith("it is not UTF-8 text.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_bytes_are_an_error_and_never_a_crash()
    {
        using TemporaryFolder folder = new();
        Random random = new(11);
        for (int i = 0; i < 200; i++)
        {
            byte[] bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            foreach (string name in new[] { "x.csv", "x.npy", "x.npz" })
                Assert.StartsWith("QG4", Fails(Paths("a.png"), folder.Write(name, bytes)).Code.Id, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Arrays_of_numbers_and_of_text_are_labels_in_the_order_of_the_rows()
    {
        using TemporaryFolder folder = new();
        FeatureSet set = Sets.Full(count: 3) with { Ids = null };
        string numbers = folder.Write("n.npy", Npy("<i4", "(3,)", [7, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 7, 0, 0, 0]));
        string texts = folder.Write("t.npy", Npy("<U3", "(3, 1)", Encoding.UTF32.GetBytes("cat" + "ox\0" + "cat")));
        Assert.Equal(["7", "-1", "7"], Read(set, numbers).Set.Labels);
        Assert.Equal(["cat", "ox", "cat"], Read(set, texts).Set.Labels);
    }

    [Fact]
    public void An_array_of_another_length_or_shape_says_both_and_the_way_out()
    {
        using TemporaryFolder folder = new();
        string three = folder.Write("n.npy", Npy("|u1", "(3,)", [1, 2, 3]));
        UserErrorException error = Fails(Paths("a.png", "b.png"), three);
        Assert.Contains("holds 3 labels, but the candidate (images) has 2 images", error.Message, StringComparison.Ordinal);
        Assert.Contains("--candidate-labels", error.Message, StringComparison.Ordinal);
        Assert.Equal((DataErrors.LabelCount, Place), (error.Code, error.Location));
        string square = folder.Write("s.npy", Npy("|u1", "(2, 2)", [1, 2, 3, 4]));
        Assert.Contains("must be an array of one dimension", Fails(Paths("a.png", "b.png"), square).Message, StringComparison.Ordinal);
        string floats = folder.Write("f.npy", Npy("<f4", "(2,)", new byte[8]));
        Assert.Contains("text or whole numbers are needed", Fails(Paths("a.png", "b.png"), floats).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Features_without_paths_need_an_array(bool byFolder)
    {
        using TemporaryFolder folder = new();
        UserErrorException error = Fails(Sets.Full() with { Ids = null }, byFolder ? "folders" : folder.Write("labels.csv", "a.png,cat\n"));
        Assert.Equal(DataErrors.LabelsNeedPaths, error.Code);
        Assert.Contains("FILE.npz#key", error.Advice, StringComparison.Ordinal);
    }

    private static FeatureSet Paths(params string[] ids) => Sets.Full(count: ids.Length) with { Ids = ids };

    private static LabelledSet Read(FeatureSet set, string source) => LabelReader.Read(set, new Located<string>(source, Place), "candidate");

    private static UserErrorException Fails(FeatureSet set, string source) => Assert.Throws<UserErrorException>(() => Read(set, source));

    private static byte[] Npy(string type, string shape, byte[] data)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}".PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. data];
    }
}
