// NumPy's `default_rng(seed)`, number for number: what the lesson drew is drawn again here.
//
// Sources: O'Neill, PCG (2014), the generator PCG-XSL-RR 128/64; NumPy's SeedSequence, after the seed_seq of O'Neill's
// randutils; Lemire, Fast random integer generation in an interval (ACM TOMACS 29, 2019).

const POOL = 4;
const WORD = (1n << 64n) - 1n;
const STATE = (1n << 128n) - 1n;
const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;

const mixIn = (value: number): number => (value ^ (value >>> 16)) >>> 0;

/** The words that a seed below 2^32 is spread over. */
function spread(seed: number, count: number): number[] {
  let constant = 0x43b0d7e5;
  const hash = (value: number): number => {
    const crossed = value ^ constant;
    constant = Math.imul(constant, 0x931e8875);
    return mixIn(Math.imul(crossed, constant));
  };
  const mix = (x: number, y: number): number =>
    mixIn((Math.imul(0xca01f9dd, x) - Math.imul(0x4973f715, y)) | 0);
  const pool = Array.from({ length: POOL }, (_, index) => hash(index === 0 ? seed : 0));
  for (let from = 0; from < POOL; from++) {
    for (let to = 0; to < POOL; to++) {
      if (from !== to) pool[to] = mix(pool[to] ?? 0, hash(pool[from] ?? 0));
    }
  }
  let second = 0x8b51f9dd;
  return Array.from({ length: count }, (_, index) => {
    const crossed = (pool[index % POOL] ?? 0) ^ second;
    second = Math.imul(second, 0x58f38ded);
    return mixIn(Math.imul(crossed, second));
  });
}

export class Random {
  private state = 0n;
  private readonly step: bigint;
  private half: number | null = null;

  /** `seed` is a whole number from 0 to 2^32 - 1. */
  constructor(seed: number) {
    const words = spread(seed >>> 0, 8).map(BigInt);
    const long = (index: number): bigint => (words[2 * index] ?? 0n) | ((words[2 * index + 1] ?? 0n) << 32n);
    this.step = ((((long(2) << 64n) | long(3)) << 1n) | 1n) & STATE;
    this.advance();
    this.state = (this.state + ((long(0) << 64n) | long(1))) & STATE;
    this.advance();
  }

  private advance(): void {
    this.state = (this.state * MULTIPLIER + this.step) & STATE;
  }

  private next(): bigint {
    this.advance();
    const folded = (this.state >> 64n) ^ (this.state & WORD);
    const turn = this.state >> 122n;
    return ((folded >> turn) | (folded << (64n - turn))) & WORD;
  }

  /** A number from 0 up to but not including 1. */
  random(): number {
    return Number(this.next() >> 11n) / 2 ** 53;
  }

  /** A whole number from 0 up to but not including `count`, which is at most 2^32 - 1. */
  integer(count: number): number {
    if (count === 1) return 0;
    let product = BigInt(this.short()) * BigInt(count);
    if (Number(product & 0xffffffffn) < count) {
      const least = (2 ** 32 - count) % count;
      while (Number(product & 0xffffffffn) < least) product = BigInt(this.short()) * BigInt(count);
    }
    return Number(product >> 32n);
  }

  /** One of `items`. */
  choice<T>(items: readonly T[]): T {
    return items[this.integer(items.length)] as T;
  }

  private short(): number {
    if (this.half !== null) {
      const kept = this.half;
      this.half = null;
      return kept;
    }
    const word = this.next();
    this.half = Number(word >> 32n);
    return Number(word & 0xffffffffn);
  }
}
