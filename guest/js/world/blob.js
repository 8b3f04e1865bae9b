// ---- Blob: bytes that do not change, with a type. There are no streams under the dome, so it has no stream().

const copyBytes = uncurry(NativeUint8.prototype.set);
const isBufferSource = (v) => isTyped(v) || classOf(v) === BUFFER || classOf(v) === VIEW;
const blobDecoder = new NativeDecoder('utf-8'), blobEncoder = new NativeEncoder();

// In lower case, or nothing if there is a character that no type has.
function blobType(type) {
  for (let i = 0; i < type.length; i++) {
    const c = charCodeAt(type, i);
    if (c < 0x20 || c > 0x7E) return '';
  }
  return toLowerCase(type);
}

function withNativeEndings(s) {
  let out = '', from = 0;
  for (let at = indexOf(s, '\r'); at >= 0; at = indexOf(s, '\r', from)) {
    out += slice(s, from, at) + '\n';
    from = at + (s[at + 1] === '\n' ? 2 : 1);
  }
  return out + slice(s, from);
}

// A long long with Clamp: the nearest integer, of two that are as near the even one.
function clampInteger(v) {
  v = +v;
  if (v !== v) return 0;
  const below = floor(v), rest = v - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 !== 0) ? below + 1 : below;
}

function sliceIndex(v, size) {
  const at = clampInteger(v);
  return at < 0 ? (size + at < 0 ? 0 : size + at) : at > size ? size : at;
}

class Blob {
  #bytes = noBytes;
  #type = '';
  constructor(parts = undefined, options = undefined) {
    let list = null, last = null;
    const add = (item) => {
      last = list === null ? list = item : last.next = item;
    };
    if (parts !== undefined)
      forEachOf(parts, 'The parts of a Blob', (part) => {
        let bytes = null, string = null;
        if (isObject(part) && #bytes in part) bytes = part.#bytes;
        else if (isObject(part) && isBufferSource(part)) bytes = bytesOfSource(part, 'The part');
        else string = usvString(part);
        add({__proto__: null, bytes, string, next: null});
      });
    options = dictionary(options, 'options of a Blob');
    if (options !== undefined) {
      let endings = options.endings;
      if (endings !== undefined) {
        endings = domString(endings);
        if (endings !== 'transparent' && endings !== 'native')
          throw new NativeTypeError('The option "endings" must be "transparent" or "native"');
      }
      const type = options.type;
      if (type !== undefined) this.#type = blobType(domString(type));
      if (endings === 'native')
        for (let item = list; item !== null; item = item.next)
          if (item.string !== null) item.string = withNativeEndings(item.string);
    }
    let size = 0;
    for (let item = list; item !== null; item = item.next) {
      if (item.string !== null) item.bytes = blobEncoder.encode(item.string);
      size += typedLength(item.bytes);
    }
    const bytes = new NativeUint8(size);
    let at = 0;
    for (let item = list; item !== null; item = item.next) {
      const length = typedLength(item.bytes);
      if (length > 0) copyBytes(bytes, item.bytes, at); // it has none if the text of a later part detached its buffer
      at += length;
    }
    this.#bytes = bytes;
  }
  // The bytes are copied for whoever may change them.
  static #copy(blob) {
    const bytes = blob.#bytes, copy = new NativeUint8(typedLength(bytes));
    copyBytes(copy, bytes);
    return copy;
  }
  static #check(v) {
    if (!isObject(v) || !(#bytes in v)) throw illegalThis('a Blob');
  }
  get size() {
    Blob.#check(this);
    return typedLength(this.#bytes);
  }
  get type() {
    Blob.#check(this);
    return this.#type;
  }
  slice(start = undefined, end = undefined, contentType = undefined) {
    Blob.#check(this);
    const bytes = this.#bytes, size = typedLength(bytes);
    const from = start === undefined ? 0 : sliceIndex(start, size);
    const to = end === undefined ? size : sliceIndex(end, size);
    const type = contentType === undefined ? '' : blobType(domString(contentType)), part = new Blob();
    if (to > from) part.#bytes = new NativeUint8(typedBuffer(bytes), typedOffset(bytes) + from, to - from);
    part.#type = type;
    return part;
  }
  async text() {
    Blob.#check(this);
    return blobDecoder.decode(this.#bytes);
  }
  async arrayBuffer() {
    Blob.#check(this);
    return typedBuffer(Blob.#copy(this));
  }
  async bytes() {
    Blob.#check(this);
    return Blob.#copy(this);
  }
}
makeInterface(Blob, 'Blob');
const sizeOfBlob = uncurry(getOwnPropertyDescriptor(Blob.prototype, 'size').get);
const typeOfBlob = uncurry(getOwnPropertyDescriptor(Blob.prototype, 'type').get);
showMembers(Blob, (blob) => ({size: sizeOfBlob(blob), type: typeOfBlob(blob)}));

globals.Blob = Blob;
