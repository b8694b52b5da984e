using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using QualityGate.Anomaly.Training;
using QualityGate.Onnx.Networks;

namespace QualityGate.Bench;

/// <summary>Images a second of the training of a GAN, in turns with the same training in torch.</summary>
internal static class GanBench
{
    private const int Rounds = 5;

    public static void Run(string location, int[] numbers, bool withPeer)
    {
        int At(int index, int preset) => numbers.Length > index ? numbers[index] : preset;
        GanOptions options = new() { Size = At(0, 28), Width = At(1, 32), Batch = At(2, 64), Threads = At(4, 2) };
        int steps = At(3, 60);
        ImageBatches images = ImageBatches.Load(location, options, default);
        string array = Path.Combine(Path.GetTempPath(), $"qualitygate-bench-{Guid.NewGuid():N}.npy");
        if (withPeer) File.WriteAllBytes(array, Npy(images, options));
        Rate best = default, bestOfPeer = default;
        for (int round = 0; round < Rounds; round++)
        {
            best = best.Best(Train(images, options, steps));
            if (withPeer) bestOfPeer = bestOfPeer.Best(Peer(array, options, steps));
        }

        Console.WriteLine(best.Text("ours"));
        if (withPeer) Console.WriteLine(bestOfPeer.Text("torch"));
        File.Delete(array);
    }

    private static Rate Train(ImageBatches images, GanOptions options, int steps)
    {
        DcganParameters parameters = new(options.Shape);
        using GanSteps session = new(parameters, options, GanState.Initial(parameters, 0));
        GanRandom random = GanRandom.Steps(0, 1);
        int[] order = GanRandom.Order(0, 1, images.Count);
        Stopwatch watch = new();
        TimeSpan used = default;
        for (int step = -3; step < steps; step++)
        {
            if (step == 0)
            {
                watch.Start();
                used = Environment.CpuUsage.TotalTime;
            }

            int batches = images.Count / options.Batch;
            session.Take(images, order.AsSpan((step + 3) % batches * options.Batch, options.Batch), random);
        }

        double count = steps * options.Batch;
        return new Rate(count / watch.Elapsed.TotalSeconds, count / (Environment.CpuUsage.TotalTime - used).TotalSeconds);
    }

    private static Rate Peer(string array, GanOptions options, int steps)
    {
        string[] arguments = ["bench/peers/dcgan.py", array, .. new[] { options.Width, options.Batch, steps, options.Latent, options.Threads }.Select(n => n.ToString(CultureInfo.InvariantCulture))];
        using Process process = Process.Start(new ProcessStartInfo("/usr/bin/python3", arguments) { RedirectStandardOutput = true })!;
        using JsonDocument answer = JsonDocument.Parse(process.StandardOutput.ReadToEnd());
        return new Rate(answer.RootElement.GetProperty("images_per_second").GetDouble(), answer.RootElement.GetProperty("images_per_cpu_second").GetDouble());
    }

    private static byte[] Npy(ImageBatches images, GanOptions options)
    {
        float[] values = new float[images.Count * images.Length];
        images.Fill([.. Enumerable.Range(0, images.Count)], values);
        string header = string.Create(
            CultureInfo.InvariantCulture, $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({images.Count}, {options.Channels}, {options.Size}, {options.Size}), }}");
        header = header.PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. MemoryMarshal.AsBytes(values.AsSpan())];
    }

    /// <summary>Images a second of wall time, and of processor time, which other processes disturb less.</summary>
    private readonly record struct Rate(double Wall, double Processor)
    {
        public Rate Best(Rate other) => new(Math.Max(Wall, other.Wall), Math.Max(Processor, other.Processor));

        public string Text(string name) => string.Create(CultureInfo.InvariantCulture, $"{name}: {Wall:0} images/s, {Processor:0} a second of processor time");
    }
}
