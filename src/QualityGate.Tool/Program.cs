System.Console.WriteLine("qualitygate");
