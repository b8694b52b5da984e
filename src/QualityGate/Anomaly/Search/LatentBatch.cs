using Microsoft.ML.OnnxRuntime;
using QualityGate.Onnx.Networks;

namespace QualityGate.Anomaly.Search;

/// <summary>The memory of one worker: images that step together, with two sets of latent vectors and moments that take turns.</summary>
internal sealed class LatentBatch : IDisposable
{
    private static readonly string[] StepOutputs = ["next/z", "next/mean", "next/square", LatentGraph.Residual, LatentGraph.Discrimination];
    private static readonly string[] ScoreOutputs = [LatentGraph.Residual, LatentGraph.Discrimination, LatentGraph.Generated];

    private readonly string[] _stepInputs;
    private readonly string[] _scoreInputs;
    private readonly OrtValue[] _given;
    private readonly LatentSessions _sessions;
    private readonly int _size;
    private readonly float[] _features;
    private readonly float[] _step = [0];
    private readonly float[][] _states;
    private readonly OrtValue[] _values;
    private readonly OrtValue _stepValue;
    private readonly OrtValue _residual;
    private readonly OrtValue _discrimination;
    private readonly OrtValue _generated;
    private int _current;

    public LatentBatch(LatentSessions sessions, int size)
    {
        _sessions = sessions;
        _size = size;
        Images = new float[size * sessions.ImageLength];
        Generated = new float[size * sessions.ImageLength];
        Residual = new float[size];
        Discrimination = new float[size];
        _features = new float[size * sessions.FeatureWidth];
        _states = [.. Enumerable.Range(0, 6).Select(_ => new float[size * sessions.LatentLength])];
        _values = [.. _states.Select(state => LatentSessions.Wrap(state, size, sessions.LatentShape))];
        _stepValue = OrtValue.CreateTensorValueFromMemory(_step, []);
        Weights = new float[sessions.HasWeights ? Images.Length : 0];
        List<string> names = [LatentGraph.Image];
        List<OrtValue> given = [LatentSessions.Wrap(Images, size, sessions.ImageShape)];
        if (sessions.HasFeatures)
        {
            names.Add(LatentGraph.Features);
            given.Add(LatentSessions.Wrap(_features, size, [sessions.FeatureWidth]));
        }

        if (sessions.HasWeights)
        {
            names.Add(LatentGraph.Weight);
            given.Add(LatentSessions.Wrap(Weights, size, sessions.ImageShape));
        }

        _given = [.. given];
        _stepInputs = [LatentGraph.Latent, LatentGraph.Mean, LatentGraph.Square, LatentGraph.Step, .. names];
        _scoreInputs = [LatentGraph.Latent, .. names];
        _residual = LatentSessions.Wrap(Residual, size, []);
        _discrimination = LatentSessions.Wrap(Discrimination, size, []);
        _generated = LatentSessions.Wrap(Generated, size, sessions.ImageShape);
    }

    /// <summary>The images, to be written before <see cref="Begin"/>.</summary>
    public float[] Images { get; }

    /// <summary>The weight of each value of the residual, to be written before <see cref="Begin"/>; empty when there are none.</summary>
    public float[] Weights { get; }

    /// <summary>G(z) after <see cref="Score"/>.</summary>
    public float[] Generated { get; }

    /// <summary>R of each image at the last z that was scored.</summary>
    public float[] Residual { get; }

    /// <summary>D of each image at the last z that was scored.</summary>
    public float[] Discrimination { get; }

    /// <summary>The latent vectors, to be written after <see cref="Begin"/>.</summary>
    public float[] Latents => _states[3 * _current];

    /// <summary>Takes new images: computes their f and forgets all moments.</summary>
    public void Begin()
    {
        _current = 0;
        foreach (float[] state in _states) Array.Clear(state);
        if (_sessions.HasFeatures) _sessions.Features(Images, _features, _size);
    }

    /// <summary>One step; the scores are those before it.</summary>
    public void Step(int number)
    {
        _step[0] = number;
        OrtValue[] from = _values[(3 * _current)..((3 * _current) + 3)];
        _current = 1 - _current;
        OrtValue[] to = _values[(3 * _current)..((3 * _current) + 3)];
        _sessions.Step([.. from, _stepValue, .. _given], _stepInputs, [.. to, _residual, _discrimination], StepOutputs);
    }

    /// <summary>Scores the present latent vectors.</summary>
    public void Score() => _sessions.Score([_values[3 * _current], .. _given], _scoreInputs, [_residual, _discrimination, _generated], ScoreOutputs);

    public void Dispose()
    {
        foreach (OrtValue value in (OrtValue[])[.. _values, _stepValue, .. _given, _residual, _discrimination, _generated]) value.Dispose();
    }
}
