using QualityGate.Numerics.Engine;
using QualityGate.Onnx.Networks;

namespace QualityGate.Anomaly.Training;

/// <summary>A generator in inference mode, as it is exported.</summary>
internal sealed class GanGenerator : IDisposable
{
    // One size of batch, so that images have the same bits however many are made.
    private const int Batch = 64;

    private readonly StepSession _session;
    private readonly GanOptions _options;
    private readonly int _length;

    public GanGenerator(byte[] model, GanOptions options)
    {
        _options = options;
        _length = options.Channels * options.Size * options.Size;
        _session = new StepSession(model, new Dictionary<string, string>(), options.ThreadCount);
    }

    /// <summary>Makes images as 8-bit samples, channels first.</summary>
    public byte[] Make(GanRandom random, int count, CancellationToken cancellation)
    {
        byte[] samples = new byte[count * _length];
        float[] latent = new float[Batch * _options.Latent];
        for (int start = 0; start < count; start += Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            random.Fill(latent, _options.Distribution);
            _session.Set(DcganExport.Latent, latent, Batch, _options.Latent);
            _session.Run();
            ReadOnlySpan<float> images = _session.Get(DcganExport.Image);
            int values = Math.Min(Batch, count - start) * _length;
            for (int i = 0; i < values; i++) samples[(start * _length) + i] = ToByte(images[i]);
        }

        return samples;
    }

    public void Dispose() => _session.Dispose();

    private static byte ToByte(float value) => (byte)Math.Clamp(MathF.Round((value + 1) * 127.5f), 0, 255);
}
