using System.Diagnostics;
using System.Globalization;
using QualityGate.Numerics.Engine;
using QualityGate.Onnx.Networks;

namespace QualityGate.Bench;

/// <summary>Images a second of the training of a GAN, steps alone.</summary>
internal static class GanBench
{
    public static void Steps(int size, int channels, int width, int batch, int steps, int threads, string? dump)
    {
        DcganParameters parameters = new(new DcganShape(size, channels, 64, width));
        byte[] model = DcganStep.Build(parameters, batch).ToBytes();
        if (dump is not null) File.WriteAllBytes(dump, model);
        using StepSession session = new(model, DcganStep.State.ToDictionary(DcganStep.Next), threads);
        foreach (string state in DcganStep.State) session.Set(state, new float[DcganStep.LengthOf(parameters, state)], DcganStep.LengthOf(parameters, state));
        session.Set("generator", parameters.Initial(parameters.Generator, 0), parameters.Generator.Length);
        session.Set("discriminator", parameters.Initial(parameters.Discriminator, 0), parameters.Discriminator.Length);
        session.Set(DcganStep.LearningRate, [2e-4f]);
        float[] images = new float[batch * channels * size * size], latent = new float[batch * 64];
        System.Random random = new(0);
        for (int i = 0; i < images.Length; i++) images[i] = (float)((2 * random.NextDouble()) - 1);
        for (int i = 0; i < latent.Length; i++) latent[i] = (float)((2 * random.NextDouble()) - 1);
        Stopwatch watch = new();
        for (int step = 1; step <= steps + 3; step++)
        {
            if (step == 4) watch.Start();
            session.Set(DcganStep.Images, images, batch, channels, size, size);
            session.Set(DcganStep.Latent, latent, batch, 64);
            session.Set(DcganStep.Step, [step]);
            session.Run();
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{steps * batch / watch.Elapsed.TotalSeconds:0} images/s, losses {session.Get(DcganStep.DiscriminatorLoss)[0]:0.000} {session.Get(DcganStep.GeneratorLoss)[0]:0.000}"));
    }
}
