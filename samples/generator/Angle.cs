namespace QualityGate.Samples.Generator;

/// <summary>
/// Sine and cosine of an angle in turns. Math.Sin comes from each platform's C library and may differ in the last bit, which can
/// flip a rounded pixel; a polynomial of additions and multiplications cannot.
/// </summary>
internal static class Angle
{
    public static double Cos(double turns) => Sin(turns + 0.25);

    public static double Sin(double turns)
    {
        double turn = turns - Math.Floor(turns);
        return turn < 0.5 ? HalfWave(turn) : -HalfWave(turn - 0.5);
    }

    private static double HalfWave(double turn) => Taylor(Math.PI * 2 * (turn <= 0.25 ? turn : 0.5 - turn));

    /// <summary>On [0, pi/2] the first term left out is below 1e-9.</summary>
    private static double Taylor(double x)
    {
        double square = x * x;
        double term = x, sum = x;
        for (int n = 2; n <= 12; n += 2)
        {
            term *= -square / (n * (n + 1));
            sum += term;
        }

        return sum;
    }
}
