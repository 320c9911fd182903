namespace EtsPersist.Mmf.Bench.Contenders;

/// <summary>
/// A table under measurement, together with its keys. Implemented by structs, so that each loop is compiled for one of them and calls it directly.
/// Each member runs one operation on the key of that position and says whether it did what it should.
/// </summary>
internal interface IContender : IDisposable
{
    int Rows { get; }

    bool InsertNew(int index);

    bool Get(int index);

    bool GetMissing(int index);

    bool Overwrite(int index);

    bool Count(int index);

    bool Delete(int index);
}
