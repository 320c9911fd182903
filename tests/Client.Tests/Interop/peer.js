// Decodes each document of a file, says what it understood, and encodes it again: peer.js IN OUT. See ForeignPeer.cs for the files.
'use strict';
const fs = require('fs');
const { decode, encode, ExtData, ExtensionCodec, decodeTimestampToTimeSpec, encodeTimeSpecToTimestamp } = require('@msgpack/msgpack');

class Timestamp {
    constructor({ sec, nsec }) {
        this.sec = sec;
        this.nsec = nsec;
    }
}

// The package's own timestamps are Date, which has no nanoseconds; these are made by its own functions too.
const extensionCodec = new ExtensionCodec();
extensionCodec.register({
    type: -1,
    encode: (value) => (value instanceof Timestamp ? encodeTimeSpecToTimestamp(value) : null),
    decode: (data) => new Timestamp(decodeTimestampToTimeSpec(data)),
});

const hex = (bytes) => Buffer.from(bytes).toString('hex');

function describeNumber(value) {
    if (Number.isSafeInteger(value)) return `i${value === 0 ? 0 : value}`;
    if (Number.isNaN(value)) return 'dnan';
    const bits = Buffer.alloc(8);
    bits.writeDoubleBE(value);
    return `d${hex(bits)}`;
}

function describe(value) {
    if (value === null) return 'n';
    if (typeof value === 'boolean') return value ? 't' : 'f';
    if (typeof value === 'bigint') return `i${value}`;
    if (typeof value === 'number') return describeNumber(value);
    if (typeof value === 'string') return `s${hex(value)}`;
    if (value instanceof Uint8Array) return `b${hex(value)}`;
    if (value instanceof Timestamp) return `m${value.sec}.${value.nsec}`;
    if (value instanceof ExtData) return `x${value.type}:${hex(value.data)}`;
    if (Array.isArray(value)) return `[${value.map(describe).join(',')}]`;
    return `{${Object.entries(value).map(([key, item]) => `${describe(key)}=${describe(item)}`).sort().join(',')}}`;
}

function frame(bytes) {
    const head = Buffer.alloc(4);
    head.writeUInt32LE(bytes.length);
    return [head, bytes];
}

const [source, target] = process.argv.slice(2);
const input = fs.readFileSync(source);
const output = [];
for (let at = 0; at < input.length;) {
    const length = input.readUInt32LE(at);
    const value = decode(input.subarray(at + 4, at + 4 + length), { extensionCodec, useBigInt64: true });
    output.push(...frame(Buffer.from(describe(value))), ...frame(encode(value, { extensionCodec, useBigInt64: true })));
    at += 4 + length;
}
fs.writeFileSync(target, Buffer.concat(output));
