using System.CommandLine;
using System.Globalization;
using QualityGate.MetricLearning;
using QualityGate.Onnx.Embeddings;

namespace QualityGate.Tool.Commands;

/// <summary>The options that make <see cref="EmbeddingOptions"/>.</summary>
internal sealed class EmbeddingSettings
{
    private const string ProxyAnchor = "proxy-anchor", MultiSimilarity = "multi-similarity";

    private static readonly EmbeddingOptions Preset = new();

    private readonly Option<string> _loss = new("--loss") { Description = $"{ProxyAnchor} or {MultiSimilarity}.", DefaultValueFactory = _ => ProxyAnchor, HelpName = "LOSS" };
    private readonly Option<EmbeddingHead> _head = Choice.Of(Preset.Head, "What is trained: a linear layer on the features, one with a hidden layer (mlp), or the network with a linear layer.", firstLetters: false, "--head");
    private readonly Option<int> _dimensions = RangeOption.Whole("--dimensions", "Numbers that are learned (2 to 4096), at most as many as there are features.", Preset.Dimensions, 2, 4096);
    private readonly Option<int> _hidden = RangeOption.Whole("--hidden", "Hidden units of --head mlp (2 to 16384).", Preset.Hidden, 2, 16384);
    private readonly Option<double?> _shrinkage = OfLoss("--shrinkage", "How far directions keep their variances at the start: near 0 evens them all out, 1000 leaves them as they are.", null, 0, 1e6, "3 or 1000, whichever finds training classes better that its start has not seen");
    private readonly Option<double?> _keep = new("--keep") { Description = "Share of the features as they are in the cosine of two embeddings, 0 to 0.95; the rest is what is learned. Default: 0.5, with --head network 0.", HelpName = "SHARE" };
    private readonly Option<int> _epochs = RangeOption.Whole("--epochs", "Passes over the training images, at most (1 to 100000).", Preset.Epochs, 1, 100_000);
    private readonly Option<double> _rate = Real("--learning-rate", "AdamW's learning rate, above 0 and at most 1.", Preset.LearningRate, 0, 1);
    private readonly Option<double> _decay = new("--weight-decay") { Description = "AdamW's decoupled weight decay, 0 to 1000: it draws a head to what it starts from.", DefaultValueFactory = _ => Preset.WeightDecay, HelpName = "X" };
    private readonly Option<int?> _classes = new("--batch-classes") { Description = "Classes of a batch. Default: 16, or all where fewer train.", HelpName = "N" };
    private readonly Option<int> _images = RangeOption.Whole("--images-per-class", "Images of each of them (2 to 1024).", Preset.ImagesPerClass, 2, 1024);
    private readonly Option<string?> _train = new("--train-classes") { Description = "How many of the first classes train, in ordinal order, or their names with commas between; the others test. Default: half.", HelpName = "CLASSES" };
    private readonly Option<double> _validation = new("--validation") { Description = "The share of each training class' images that is held back to choose the epoch, 0 to 0.9; 0 exports the last epoch.", DefaultValueFactory = _ => Preset.Validation, HelpName = "SHARE" };
    private readonly Option<int> _patience = RangeOption.Whole("--patience", "Stop after N epochs without a better one; 0 for never (0 to 100000).", Preset.Patience, 0, 100_000);
    private readonly Option<int> _every = RangeOption.Whole("--recall-every", "Measure recall after every N epochs and the last (1 to 100000).", Preset.RecallEvery, 1, 100_000);
    private readonly Option<long> _seed = new("--seed") { Description = "Chooses the first weights, what is held back, and the batches.", DefaultValueFactory = _ => Preset.Seed, HelpName = "N" };
    private readonly Option<double?> _margin = OfLoss("--margin", $"Margin of {ProxyAnchor}.", ProxyAnchorLoss.UsualMargin, -1, 1);
    private readonly Option<double?> _proxyRate = OfLoss("--proxy-rate-factor", $"By how much the learning rate of {ProxyAnchor}'s proxies is larger.", Preset.ProxyRateFactor, 0, 1e6);
    private readonly Option<double?> _alpha = new("--alpha") { Description = $"Scale of {ProxyAnchor} (default {ProxyAnchorLoss.UsualAlpha}), or of {MultiSimilarity}'s positives (default {MultiSimilarityLoss.UsualAlpha}).", HelpName = "X" };
    private readonly Option<double?> _beta = OfLoss("--beta", $"Scale of {MultiSimilarity}'s negatives.", MultiSimilarityLoss.UsualBeta, 0, 1000);
    private readonly Option<double?> _base = OfLoss("--base", $"The similarity between near and far of {MultiSimilarity}.", MultiSimilarityLoss.UsualBase, -1, 1);
    private readonly Option<double?> _epsilon = OfLoss("--epsilon", $"How far pairs may be from wrong and still be chosen by {MultiSimilarity}.", MultiSimilarityLoss.UsualEpsilon, 0, 2);

    private EmbeddingSettings()
    {
        _loss.AcceptOnlyFromAmong(ProxyAnchor, MultiSimilarity);
        Require(_decay, 0, 1000, isOpen: false);
        Require(_validation, 0, 0.9, isOpen: false);
        _alpha.Validators.Add(result =>
        {
            if (result.TryGetValue(out double? value) && !(value > 0 && value <= 1000)) result.AddError("--alpha is not above 0 and at most 1000.");
        });
        _keep.Validators.Add(result =>
        {
            if (result.TryGetValue(out double? value) && value is < 0 or > 0.95 or double.NaN) result.AddError("--keep is not from 0 to 0.95.");
        });
        _classes.Validators.Add(result =>
        {
            if (result.TryGetValue(out int? number) && number is < 2 or > 1024) result.AddError($"--batch-classes is {number}, expected a whole number from 2 to 1024.");
        });
    }

    private Option[] OfProxyAnchor => [_margin, _proxyRate];

    private Option[] OfMultiSimilarity => [_beta, _base, _epsilon];

    public static EmbeddingSettings AddTo(Command command)
    {
        EmbeddingSettings settings = new();
        Array.ForEach(
            [
                settings._loss, settings._head, settings._dimensions, settings._hidden, settings._shrinkage, settings._keep, settings._epochs, settings._rate, settings._decay, settings._classes, settings._images,
                settings._train, settings._validation, settings._patience, settings._every, settings._seed, settings._alpha, .. settings.OfProxyAnchor, .. settings.OfMultiSimilarity,
            ],
            command.Options.Add);
        command.Validators.Add(result =>
        {
            // The word as it was written: a wrong one is reported by its own option, and has no value to ask for.
            bool isProxies = result.GetResult(settings._loss)?.Tokens is not [{ Value: MultiSimilarity }, ..];
            Option? foreign = Array.Find(isProxies ? settings.OfMultiSimilarity : settings.OfProxyAnchor, option => result.GetResult(option) is { Implicit: false });
            if (foreign is not null) result.AddError($"{foreign.Name} is of the loss {(isProxies ? MultiSimilarity : ProxyAnchor)}; --loss names the other.");
        });
        return settings;
    }

    public EmbeddingOptions Bind(ParseResult parsed) => new()
    {
        Loss = LossOf(parsed),
        Head = parsed.GetValue(_head),
        Dimensions = parsed.GetValue(_dimensions),
        Hidden = parsed.GetValue(_hidden),
        Shrinkage = parsed.GetValue(_shrinkage),
        Keep = parsed.GetValue(_keep),
        Epochs = parsed.GetValue(_epochs),
        LearningRate = parsed.GetValue(_rate),
        ProxyRateFactor = parsed.GetValue(_proxyRate) ?? Preset.ProxyRateFactor,
        WeightDecay = parsed.GetValue(_decay),
        BatchClasses = parsed.GetValue(_classes),
        ImagesPerClass = parsed.GetValue(_images),
        TrainClasses = parsed.GetValue(_train),
        Validation = parsed.GetValue(_validation),
        Patience = parsed.GetValue(_patience),
        RecallEvery = parsed.GetValue(_every),
        Seed = parsed.GetValue(_seed),
    };

    private EmbeddingLoss LossOf(ParseResult parsed) => parsed.GetValue(_loss) == MultiSimilarity
        ? new MultiSimilarityLoss
        {
            Alpha = parsed.GetValue(_alpha) ?? MultiSimilarityLoss.UsualAlpha,
            Beta = parsed.GetValue(_beta) ?? MultiSimilarityLoss.UsualBeta,
            Base = parsed.GetValue(_base) ?? MultiSimilarityLoss.UsualBase,
            Epsilon = parsed.GetValue(_epsilon) ?? MultiSimilarityLoss.UsualEpsilon,
        }
        : new ProxyAnchorLoss { Alpha = parsed.GetValue(_alpha) ?? ProxyAnchorLoss.UsualAlpha, Margin = parsed.GetValue(_margin) ?? ProxyAnchorLoss.UsualMargin };

    private static Option<double> Real(string name, string description, double preset, double above, double largest)
    {
        Option<double> option = new(name) { Description = description, DefaultValueFactory = _ => preset, HelpName = "X" };
        Require(option, above, largest, isOpen: true);
        return option;
    }

    private static void Require(Option<double> option, double least, double largest, bool isOpen) => option.Validators.Add(result =>
    {
        if (result.TryGetValue(out double value) && !((isOpen ? value > least : value >= least) && value <= largest))
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} is not {(isOpen ? $"above {least} and at most {largest}" : $"from {least} to {largest}")}."));
        }
    });

    // Without a default, so that one that is given for another loss is found.
    private static Option<double?> OfLoss(string name, string description, double? preset, double least, double largest, string? words = null)
    {
        Option<double?> option = new(name) { Description = string.Create(CultureInfo.InvariantCulture, $"{description} Default: {words ?? $"{preset}"}."), HelpName = "X" };
        option.Validators.Add(result =>
        {
            if (result.TryGetValue(out double? value) && value is { } given && !(given >= least && given <= largest && (given > 0 || least < 0 || name == "--epsilon")))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is {given}, expected a number from {least} to {largest}."));
            }
        });
        return option;
    }
}
