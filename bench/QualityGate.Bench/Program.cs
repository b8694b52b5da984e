using QualityGate.Bench;

if (args is not ["extraction", _, _, ..])
{
    Console.Error.WriteLine("usage: extraction EXTRACTOR IMAGES [BATCH]");
    Console.Error.WriteLine("  EXTRACTOR  random-vgg16, a .extractor.yaml, or residual-299 (a residual network of 299 x 299 inputs, built here)");
    return 2;
}

ExtractionBench.Run(args[1], args[2], args.Length > 3 ? int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture) : null);
return 0;
