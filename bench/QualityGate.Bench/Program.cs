using System.Globalization;
using QualityGate.Bench;
using QualityGate.Bench.Coverage;

switch (args)
{
    case ["extraction", string extractor, string images, .. string[] rest]:
        ExtractionBench.Run(extractor, images, rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : null);
        return 0;
    case ["neighbours", string reference, string candidate, .. string[] rest]:
        NeighbourBench.Run(reference, candidate, withPeer: rest is ["peer"]);
        return 0;
    case ["against", string peer, string family, string reference, string candidate]:
        NeighbourBench.Against(peer, family, reference, candidate);
        return 0;
    case ["neighbours-floor", string references, string candidates, string width]:
        NeighbourBench.Floor(
            int.Parse(references, CultureInfo.InvariantCulture), int.Parse(candidates, CultureInfo.InvariantCulture), int.Parse(width, CultureInfo.InvariantCulture));
        return 0;
    case ["neighbours-stage", string reference, string candidate, string families]:
        NeighbourBench.Measure(reference, candidate, families);
        return 0;
    case ["fid", string reference, string candidate, .. string[] rest]:
        FrechetBench.Run(reference, candidate, withPeer: rest is ["peer"]);
        return 0;
    case ["fid-stage", string reference, string candidate]:
        FrechetBench.Stage(reference, candidate);
        return 0;
    case ["coverage", string family, .. string[] settings]:
        return CoverageBench.Run(family, settings);
    case ["errors", string family, string count, string width]:
        return ErrorCost.Run(family, int.Parse(count, CultureInfo.InvariantCulture), int.Parse(width, CultureInfo.InvariantCulture));
    case ["retrieval", string rows, string classes, .. string[] rest]:
        RetrievalBench.Run(rows, classes, withPeer: rest is ["peer"]);
        return 0;
    case ["retrieval-stage", string rows, string classes]:
        RetrievalBench.Measure(rows, int.Parse(classes, CultureInfo.InvariantCulture));
        return 0;
    case ["network", string name, string folder]:
        return PublishedNetworks.Write(name, folder);
    case ["latent", string generator, string discriminator, string recipe, string normal, string anomalous, string count, .. string[] settings]:
        LatentBench.Run(generator, discriminator, recipe, normal, anomalous, int.Parse(count, CultureInfo.InvariantCulture), settings);
        return 0;
    case ["latent-gradient", string generator, string discriminator, string folder]:
        LatentGradient.Write(generator, discriminator, folder);
        return 0;
    case ["train-gan", string trained, .. string[] rest]:
        GanBench.Run(trained, [.. rest.Where(r => r != "peer").Select(r => int.Parse(r, CultureInfo.InvariantCulture))], rest.Contains("peer"));
        return 0;
    case ["inputs", string photographs, string arrays]:
        InputComparison.Run(photographs, arrays);
        return 0;
    default:
        Console.Error.WriteLine("usage: extraction EXTRACTOR IMAGES [BATCH]");
        Console.Error.WriteLine("         EXTRACTOR  random-vgg16, a .extractor.yaml, or residual-299 (a residual network of 299 x 299 inputs, built here)");
        Console.Error.WriteLine("       network inception|vgg16|dinov2-vits14|dinov2-vitb14|clip-vit-b32 FOLDER    (published size, random weights)");
        Console.Error.WriteLine("       latent GENERATOR.onnx DISCRIMINATOR.onnx RECIPE.extractor.yaml NORMAL ANOMALOUS COUNT [steps=500] [rate=0.01] [batch=32] [lambda=0.1] [restarts=1]");
        Console.Error.WriteLine("       latent-gradient GENERATOR.onnx DISCRIMINATOR.onnx FOLDER    (then bench/peers/latent_gradient.py)");
        Console.Error.WriteLine("       inputs PHOTOGRAPHS ARRAYS    (arrays by tests/golden/fid_inputs.py PHOTOGRAPHS ARRAYS)");
        Console.Error.WriteLine("       fid REFERENCE.npy CANDIDATE.npy [peer]");
        Console.Error.WriteLine("       coverage FAMILY [case=same,shifted,mixture,heavy] [n=500,2000] [d=16] [draws=300] [seed=1] [confidence=0.95] [population=0] [PARAMETER=VALUE ...]");
        Console.Error.WriteLine("       errors FAMILY COUNT WIDTH    (what standard errors and influences cost)");
        Console.Error.WriteLine("       retrieval ROWS.npy CLASSES [peer]");
        Console.Error.WriteLine("       neighbours REFERENCE.npy CANDIDATE.npy [peer]");
        Console.Error.WriteLine("       train-gan IMAGES [SIZE [WIDTH [BATCH [STEPS [THREADS]]]]] [peer]    (28 32 64 60 2)");
        Console.Error.WriteLine("       against PEER.py FAMILY REFERENCE.npy CANDIDATE.npy");
        return 2;
}
