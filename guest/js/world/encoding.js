// ---- TextEncoder, TextDecoder, atob, btoa
//
// UTF-8 and UTF-16 are the engine's side module; single-byte encodings are tables here, of the Encoding Standard. The
// multi-byte encodings of East Asia are not there: their labels are refused as unknown.

const NativeEncoder = globalThis.TextEncoder, NativeDecoder = globalThis.TextDecoder;
const nativeAtob = globalThis.atob, nativeBtoa = globalThis.btoa;
const toLowerCase = uncurry(String.prototype.toLowerCase);
const NativeRangeError = RangeError;
const bufferResizable = uncurry(getOwnPropertyDescriptor(ArrayBuffer.prototype, 'resizable').get);
const bufferDetached = uncurry(getOwnPropertyDescriptor(ArrayBuffer.prototype, 'detached').get);
const noBytes = new NativeUint8(0);
deleteProperty(globalThis, 'TextEncoder');
deleteProperty(globalThis, 'TextDecoder');

// The bytes of a BufferSource as a Uint8Array that shares them. The side modules ask a DataView for its own properties,
// which can lie, and typed arrays that follow their buffer for their first length: both become plain ones. What is
// detached or out of bounds has no bytes.
function bytesOfSource(v, what) {
  const kind = isObject(v) ? typedTag(v) : undefined;
  if (kind !== undefined) {
    const length = typedBytes(v);
    if (length === 0) return noBytes;
    const buffer = typedBuffer(v);
    return kind === 'Uint8Array' && !bufferResizable(buffer) ? v : new NativeUint8(buffer, typedOffset(v), length);
  }
  const type = isObject(v) ? classOf(v) : 0;
  if (type === BUFFER) return bufferDetached(v) ? noBytes : new NativeUint8(v, 0, bufferBytes(v));
  if (type !== VIEW) throw new NativeTypeError(what + ' must be an ArrayBuffer or a view of one');
  let length = 0;
  try { length = viewBytes(v); } catch {}
  return length === 0 ? noBytes : new NativeUint8(viewBuffer(v), viewOffset(v), length);
}

// ---- encodings

const hebrew = '80*33 -1 a2*8 d7 ab*15 f7 bb*4 -32 2017 5d0*27 -2 200e*2 -1';
// name: labels beside it, and the code units of the bytes from 0x80 as runs `first*count`; -n: n bytes without one
const singleByte = {
  __proto__: null,
  'ibm866': ['866 cp866 csibm866',
    '410*48 2591*3 2502 2524 2561*2 2556 2555 2563 2551 2557 255d 255c 255b 2510 2514 2534 252c 251c 2500 253c ' +
    '255e*2 255a 2554 2569 2566 2560 2550 256c 2567*2 2564*2 2559 2558 2552*2 256b 256a 2518 250c 2588 2584 258c ' +
    '2590 2580 440*16 401 451 404 454 407 457 40e 45e b0 2219 b7 221a 2116 a4 25a0 a0'],
  'iso-8859-2': ['csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2',
    '80*33 104 2d8 141 a4 13d 15a a7*2 160 15e 164 179 ad 17d 17b b0 105 2db 142 b4 13e 15b 2c7 b8 161 15f 165 ' +
    '17a 2dd 17e 17c 154 c1*2 102 c4 139 106 c7 10c c9 118 cb 11a cd*2 10e 110 143 147 d3*2 150 d6*2 158 16e da ' +
    '170 dc*2 162 df 155 e1*2 103 e4 13a 107 e7 10d e9 119 eb 11b ed*2 10f 111 144 148 f3*2 151 f6*2 159 16f fa ' +
    '171 fc*2 163 2d9'],
  'iso-8859-3': ['csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3',
    '80*33 126 2d8 a3*2 -1 124 a7*2 130 15e 11e 134 ad -1 17b b0 127 b2*4 125 b7*2 131 15f 11f 135 bd -1 17c ' +
    'c0*3 -1 c4 10a 108 c7*9 -1 d1*4 120 d6*2 11c d9*4 16c 15c df*4 -1 e4 10b 109 e7*9 -1 f1*4 121 f6*2 11d f9*4 ' +
    '16d 15d 2d9'],
  'iso-8859-4': ['csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4',
    '80*33 104 138 156 a4 128 13b a7*2 160 112 122 166 ad 17d af*2 105 2db 157 b4 129 13c 2c7 b8 161 113 123 167 ' +
    '14a 17e 14b 100 c1*6 12e 10c c9 118 cb 116 cd*2 12a 110 145 14c 136 d4*5 172 da*3 168 16a df 101 e1*6 12f ' +
    '10d e9 119 eb 117 ed*2 12b 111 146 14d 137 f4*5 173 fa*3 169 16b 2d9'],
  'iso-8859-5': ['csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988',
    '80*33 401*12 ad 40e*66 2116 451*12 a7 45e*2'],
  'iso-8859-6': ['arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e ' +
    'iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987',
    '80*33 -3 a4 -7 60c ad -13 61b -3 61f -1 621*26 -5 640*19 -13'],
  'iso-8859-7': ['csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597 ' +
    'iso_8859-7 iso_8859-7:1987 sun_eu_greek',
    '80*33 2018*2 a3 20ac 20af a6*4 37a ab*3 -1 2015 b0*4 384*3 b7 388*3 bb 38c bd 38e*20 -1 3a3*44 -1'],
  'iso-8859-8': ['csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 iso8859-8 iso88598 ' +
    'iso_8859-8 iso_8859-8:1988 visual', hebrew],
  'iso-8859-8-i': ['csiso88598i logical', hebrew],
  'iso-8859-10': ['csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6',
    '80*33 104 112 122 12a 128 136 a7 13b 110 160 166 17d ad 16a 14a b0 105 113 123 12b 129 137 b7 13c 111 161 ' +
    '167 17e 2015 16b 14b 100 c1*6 12e 10c c9 118 cb 116 cd*4 145 14c d3*4 168 d8 172 da*6 101 e1*6 12f 10d e9 ' +
    '119 eb 117 ed*4 146 14d f3*4 169 f8 173 fa*5 138'],
  'iso-8859-13': ['iso8859-13 iso885913',
    '80*33 201d a2*3 201e a6*2 d8 a9 156 ab*4 c6 b0*4 201c b5*3 f8 b9 157 bb*4 e6 104 12e 100 106 c4*2 118 112 ' +
    '10c c9 179 116 122 136 12a 13b 160 143 145 d3 14c d5*3 172 141 15a 16a dc 17b 17d df 105 12f 101 107 e4*2 ' +
    '119 113 10d e9 17a 117 123 137 12b 13c 161 144 146 f3 14d f5*3 173 142 15b 16b fc 17c 17e 2019'],
  'iso-8859-14': ['iso8859-14 iso885914',
    '80*33 1e02*2 a3 10a*2 1e0a a7 1e80 a9 1e82 1e0b 1ef2 ad*2 178 1e1e*2 120*2 1e40*2 b6 1e56 1e81 1e57 1e83 ' +
    '1e60 1ef3 1e84*2 1e61 c0*16 174 d1*6 1e6a d8*6 176 df*17 175 f1*6 1e6b f8*6 177 ff'],
  'iso-8859-15': ['csisolatin9 iso8859-15 iso885915 iso_8859-15 l9',
    '80*36 20ac a5 160 a7 161 a9*11 17d b5*3 17e b9*3 152*2 178 bf*65'],
  'iso-8859-16': ['',
    '80*33 104*2 141 20ac 201e 160 a7 161 a9 218 ab 179 ad 17a*2 b0*2 10c 142 17d 201d b6*2 17e 10d 219 bb 152*2 ' +
    '178 17c c0*3 102 c4 106 c6*10 110 143 d2*3 150 d6 15a 170 d9*4 118 21a df*4 103 e4 107 e6*10 111 144 f2*3 ' +
    '151 f6 15b 171 f9*4 119 21b ff'],
  'koi8-r': ['cskoi8r koi koi8 koi8_r',
    '2500 2502 250c 2510 2514 2518 251c 2524 252c 2534 253c 2580 2584 2588 258c 2590*4 2320 25a0 2219*2 2248 ' +
    '2264*2 a0 2321 b0 b2 b7 f7 2550*3 451 2553*15 401 2562*11 a9 44e 430*2 446 434*2 444 433 445 438*8 44f ' +
    '440*4 436 432 44c 44b 437 448 44d 449 447 44a 42e 410*2 426 414*2 424 413 425 418*8 42f 420*4 416 412 42c ' +
    '42b 417 428 42d 429 427 42a'],
  'koi8-u': ['koi8-ru',
    '2500 2502 250c 2510 2514 2518 251c 2524 252c 2534 253c 2580 2584 2588 258c 2590*4 2320 25a0 2219*2 2248 ' +
    '2264*2 a0 2321 b0 b2 b7 f7 2550*3 451 454 2554 456*2 2557*5 491 45e 255e*4 401 404 2563 406*2 2566*5 490 ' +
    '40e a9 44e 430*2 446 434*2 444 433 445 438*8 44f 440*4 436 432 44c 44b 437 448 44d 449 447 44a 42e 410*2 ' +
    '426 414*2 424 413 425 418*8 42f 420*4 416 412 42c 42b 417 428 42d 429 427 42a'],
  'macintosh': ['csmacintosh mac x-mac-roman',
    'c4*2 c7 c9 d1 d6 dc e1 e0 e2 e4 e3 e5 e7 e9 e8 ea*2 ed ec ee*2 f1 f3 f2 f4 f6 f5 fa f9 fb*2 2020 b0 a2*2 a7 ' +
    '2022 b6 df ae a9 2122 b4 a8 2260 c6 d8 221e b1 2264*2 a5 b5 2202 2211 220f 3c0 222b aa ba 3a9 e6 f8 bf a1 ' +
    'ac 221a 192 2248 2206 ab bb 2026 a0 c0 c3 d5 152*2 2013*2 201c*2 2018*2 f7 25ca ff 178 2044 20ac 2039*2 ' +
    'fb01*2 2021 b7 201a 201e 2030 c2 ca c1 cb c8 cd*3 cc d3*2 f8ff d2 da*2 d9 131 2c6 2dc af 2d8*3 b8 2dd 2db ' +
    '2c7'],
  'windows-874': ['dos-874 iso-8859-11 iso8859-11 iso885911 tis-620',
    '20ac 81*4 2026 86*11 2018*2 201c*2 2022 2013*2 98*9 e01*58 -4 e3f*29 -4'],
  'windows-1250': ['cp1250 x-cp1250',
    '20ac 81 201a 83 201e 2026 2020*2 88 2030 160 2039 15a 164 17d 179 90 2018*2 201c*2 2022 2013*2 98 2122 161 ' +
    '203a 15b 165 17e 17a a0 2c7 2d8 141 a4 104 a6*4 15e ab*4 17b b0*2 2db 142 b4*5 105 15f bb 13d 2dd 13e 17c ' +
    '154 c1*2 102 c4 139 106 c7 10c c9 118 cb 11a cd*2 10e 110 143 147 d3*2 150 d6*2 158 16e da 170 dc*2 162 df ' +
    '155 e1*2 103 e4 13a 107 e7 10d e9 119 eb 11b ed*2 10f 111 144 148 f3*2 151 f6*2 159 16f fa 171 fc*2 163 2d9'],
  'windows-1251': ['cp1251 x-cp1251',
    '402*2 201a 453 201e 2026 2020*2 20ac 2030 409 2039 40a 40c 40b 40f 452 2018*2 201c*2 2022 2013*2 98 2122 ' +
    '459 203a 45a 45c 45b 45f a0 40e 45e 408 a4 490 a6*2 401 a9 404 ab*4 407 b0*2 406 456 491 b5*3 451 2116 454 ' +
    'bb 458 405 455 457 410*64'],
  'windows-1252': ['ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 ' +
    'iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii x-cp1252',
    '20ac 81 201a 192 201e 2026 2020*2 2c6 2030 160 2039 152 8d 17d 8f*2 2018*2 201c*2 2022 2013*2 2dc 2122 161 ' +
    '203a 153 9d 17e 178 a0*96'],
  'windows-1253': ['cp1253 x-cp1253',
    '20ac 81 201a 192 201e 2026 2020*2 88 2030 8a 2039 8c*5 2018*2 201c*2 2022 2013*2 98 2122 9a 203a 9c*5 385*2 ' +
    'a3*7 -1 ab*4 2015 b0*4 384 b5*3 388*3 bb 38c bd 38e*20 -1 3a3*44 -1'],
  'windows-1254': ['cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 ' +
    'iso_8859-9:1989 l5 latin5 x-cp1254',
    '20ac 81 201a 192 201e 2026 2020*2 2c6 2030 160 2039 152 8d*4 2018*2 201c*2 2022 2013*2 2dc 2122 161 203a ' +
    '153 9d*2 178 a0*48 11e d1*12 130 15e df*17 11f f1*12 131 15f ff'],
  'windows-1255': ['cp1255 x-cp1255',
    '20ac 81 201a 192 201e 2026 2020*2 2c6 2030 8a 2039 8c*5 2018*2 201c*2 2022 2013*2 2dc 2122 9a 203a 9c*8 ' +
    '20aa a5*5 d7 ab*15 f7 bb*5 5b0*20 5f0*5 -7 5d0*27 -2 200e*2 -1'],
  'windows-1256': ['cp1256 x-cp1256',
    '20ac 67e 201a 192 201e 2026 2020*2 2c6 2030 679 2039 152 686 698 688 6af 2018*2 201c*2 2022 2013*2 6a9 2122 ' +
    '691 203a 153 200c*2 6ba a0 60c a2*8 6be ab*15 61b bb*4 61f 6c1 621*22 d7 637*4 640*4 e0 644 e2 645*4 e7*5 ' +
    '649*2 ee*2 64b*4 f4 64f*2 f7 651 f9 652 fb*2 200e*2 6d2'],
  'windows-1257': ['cp1257 x-cp1257',
    '20ac 81 201a 83 201e 2026 2020*2 88 2030 8a 2039 8c a8 2c7 b8 90 2018*2 201c*2 2022 2013*2 98 2122 9a 203a ' +
    '9c af 2db 9f*2 -1 a2*3 -1 a6*2 d8 a9 156 ab*4 c6 b0*8 f8 b9 157 bb*4 e6 104 12e 100 106 c4*2 118 112 10c c9 ' +
    '179 116 122 136 12a 13b 160 143 145 d3 14c d5*3 172 141 15a 16a dc 17b 17d df 105 12f 101 107 e4*2 119 113 ' +
    '10d e9 17a 117 123 137 12b 13c 161 144 146 f3 14d f5*3 173 142 15b 16b fc 17c 17e 2d9'],
  'windows-1258': ['cp1258 x-cp1258',
    '20ac 81 201a 192 201e 2026 2020*2 2c6 2030 8a 2039 152 8d*4 2018*2 201c*2 2022 2013*2 2dc 2122 9a 203a 153 ' +
    '9d*2 178 a0*35 102 c4*8 300 cd*3 110 d1 309 d3*2 1a0 d6*7 1af 303 df*4 103 e4*8 301 ed*3 111 f1 323 f3*2 ' +
    '1a1 f6*7 1b0 20ab ff'],
  'x-mac-cyrillic': ['x-mac-ukrainian',
    '410*32 2020 b0 490 a3 a7 2022 b6 406 ae a9 2122 402 452 2260 403 453 221e b1 2264*2 456 b5 491 408 404 454 ' +
    '407 457 409 459 40a 45a 458 405 ac 221a 192 2248 2206 ab bb 2026 a0 40b 45b 40c 45c 455 2013*2 201c*2 ' +
    '2018*2 f7 201e 40e 45e 40f 45f 2116 401 451 44f 430*31 20ac'],
  'x-user-defined': ['', 'f780*128'],
};
const encodingOfLabel = {__proto__: null};
const singleByteNames = ownKeys(singleByte);
for (let i = 0; i < singleByteNames.length; i++) {
  const name = singleByteNames[i];
  encodingOfLabel[name] = name;
  eachWord(singleByte[name][0], (label) => { encodingOfLabel[label] = name; });
}

function eachWord(words, use) {
  for (let from = 0, end; from < words.length; from = end + 1) {
    end = indexOf(words, ' ', from);
    if (end < 0) end = words.length;
    use(slice(words, from, end));
  }
}

// The characters of the upper half of an encoding, as a string; made when it is first asked for.
const upperHalves = {__proto__: null};
function upperHalf(name) {
  if (upperHalves[name] === undefined) {
    let characters = '';
    eachWord(singleByte[name][1], (run) => {
      const star = indexOf(run, '*'), isGap = run[0] === '-';
      const first = isGap ? 0 : parseInt(star < 0 ? run : slice(run, 0, star), 16);
      const count = isGap ? -parseInt(run, 10) : star < 0 ? 1 : parseInt(slice(run, star + 1), 10);
      for (let i = 0; i < count; i++) characters += isGap ? '\uFFFD' : fromCodes(first + i);
    });
    upperHalves[name] = characters;
  }
  return upperHalves[name];
}

// A label without white space around it and in lower case, or '' when it holds what no label holds.
function plainLabel(label) {
  const isSpace = (c) => c === 9 || c === 10 || c === 12 || c === 13 || c === 32;
  let from = 0, end = label.length;
  while (from < end && isSpace(charCodeAt(label, from))) from++;
  while (from < end && isSpace(charCodeAt(label, end - 1))) end--;
  if (end - from > 30) return '';
  for (let i = from; i < end; i++) if (charCodeAt(label, i) > 126) return '';
  return toLowerCase(slice(label, from, end));
}

const unknownEncoding = (label) => codedError(
  new NativeRangeError('The "' + slice(label, 0, 100) + '" encoding is not supported'), 'ERR_ENCODING_NOT_SUPPORTED');
const invalidData = () =>
  codedError(new NativeTypeError('The encoded data was not valid'), 'ERR_ENCODING_INVALID_ENCODED_DATA');

const asciiDecoder = new NativeDecoder('utf-8', {__proto__: null, ignoreBOM: true});

function decodeSingleByte(bytes, name, fatal) {
  const count = typedLength(bytes);
  const ascii = asciiDecoder.decode(bytes); // right if the bytes are ASCII: anything else is shorter or has U+FFFD
  if (ascii.length === count && indexOf(ascii, '\uFFFD') < 0) return ascii;
  const upper = upperHalf(name);
  let out = '';
  for (let i = 0; i < count; i++) {
    const byte = bytes[i];
    if (byte < 0x80) {
      out += fromCodes(byte);
    } else {
      const c = upper[byte - 0x80];
      if (fatal && c === '\uFFFD') throw invalidData();
      out += c;
    }
  }
  return out;
}

// ---- the classes

class TextDecoder {
  #encoding; #fatal; #ignoreBOM;
  #native = null; // of UTF-8 and UTF-16
  #isOdd = false; // of UTF-16: whether the bytes of the stream so far are an odd number
  constructor(label = 'utf-8', options = undefined) {
    label = domString(label);
    options = dictionary(options, 'options');
    const fatal = options !== undefined && !!options.fatal, ignoreBOM = options !== undefined && !!options.ignoreBOM;
    const plain = plainLabel(label), name = encodingOfLabel[plain];
    if (name === undefined) {
      try {
        this.#native = new NativeDecoder(plain, {__proto__: null, fatal, ignoreBOM});
      } catch (e) {
        throw isError(e) && peek(e, 'name', '') === 'RangeError' ? unknownEncoding(label) : e;
      }
    }
    this.#encoding = name === undefined ? this.#native.encoding : name;
    this.#fatal = fatal;
    this.#ignoreBOM = ignoreBOM;
  }
  get encoding() { return this.#encoding; }
  get fatal() { return this.#fatal; }
  get ignoreBOM() { return this.#ignoreBOM; }
  decode(input = undefined, options = undefined) {
    const native = this.#native;
    options = dictionary(options, 'options');
    const stream = options !== undefined && !!options.stream;
    const bytes = input === undefined ? noBytes : bytesOfSource(input, 'The input');
    if (native === null) return decodeSingleByte(bytes, this.#encoding, this.#fatal);
    const isOdd = this.#isOdd !== (typedLength(bytes) % 2 === 1) && this.#encoding !== 'utf-8';
    this.#isOdd = isOdd && stream;
    try {
      if (stream) return native.decode(bytes, streaming);
      return isOdd ? decodeOdd(native, bytes, this.#fatal) : native.decode(bytes);
    } catch (e) {
      throw this.#fatal && isError(e) && peek(e, 'name', '') === 'TypeError' ? invalidData() : e;
    }
  }
}
const streaming = {__proto__: null, stream: true};

// The end of a UTF-16 text with a byte too many: one error, also where half a surrogate pair stands before that byte.
// The side module counts those as two.
function decodeOdd(native, bytes, fatal) {
  const count = typedLength(bytes);
  let start = '';
  if (count > 0) start = native.decode(new NativeUint8(typedBuffer(bytes), typedOffset(bytes), count - 1), streaming);
  try { native.decode(noBytes); } catch {}
  if (fatal) throw invalidData();
  return start + '\uFFFD';
}
makeInterface(TextDecoder, 'TextDecoder');
showMembers(TextDecoder, ({encoding, fatal, ignoreBOM}) => ({encoding, fatal, ignoreBOM}));

const nativeEncoder = new NativeEncoder();
class TextEncoder {
  #isEncoder = true;
  get encoding() { return this.#isEncoder && 'utf-8'; }
  encode(input = '') {
    if (!this.#isEncoder) return;
    return nativeEncoder.encode(typeof input === 'string' ? input : domString(input));
  }
  encodeInto(source, destination) {
    if (!this.#isEncoder) return;
    needArguments(arguments.length, 2);
    source = domString(source);
    if (!isObject(destination) || typedTag(destination) !== 'Uint8Array')
      throw new NativeTypeError('The destination must be a Uint8Array');
    const bytes = bytesOfSource(destination, 'The destination');
    return bytes === noBytes ? {read: 0, written: 0} : nativeEncoder.encodeInto(source, bytes);
  }
}
makeInterface(TextEncoder, 'TextEncoder');

globals.TextEncoder = TextEncoder;
globals.TextDecoder = TextDecoder;
globals.atob = {__proto__: null, atob(data) {
  needArguments(arguments.length, 1);
  return nativeAtob(data);
}}.atob;
globals.btoa = {__proto__: null, btoa(data) {
  needArguments(arguments.length, 1);
  return nativeBtoa(data);
}}.btoa;
