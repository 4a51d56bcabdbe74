/** Vectors of numbered things in one flat array, compared with all of them one after the other: exact, and quick in cache. */
export interface Matrix {
  set(slot: number, vector: Float32Array): void
  /** A copy. */
  get(slot: number): Float32Array
  /** Dot products of the first `count` slots with a vector of the matrix's dimension; good until the next call. */
  products(vector: Float32Array, count: number): Float32Array
}

export function createMatrix(dimension: number): Matrix {
  /** A power of two. */
  let capacity = 1_024
  let values = new Float32Array(capacity * dimension)
  let results = new Float32Array(capacity)

  function checked(vector: Float32Array): Float32Array {
    if (vector.length !== dimension) throw new RangeError(`a vector of ${vector.length} among those of ${dimension}`)
    return vector
  }

  return {
    set(slot, vector) {
      if (slot >= capacity) {
        while (slot >= capacity) capacity *= 2
        const wider = new Float32Array(capacity * dimension)
        wider.set(values)
        values = wider
        results = new Float32Array(capacity)
      }
      values.set(checked(vector), slot * dimension)
    },
    get(slot) {
      return values.slice(slot * dimension, (slot + 1) * dimension)
    },
    products(vector, count) {
      multiply(values, checked(vector), count, results)
      return results
    },
  }
}

/**
 * The loop that a question spends its time in: 100,000 x 256 take about 10 ms of one core. Four rows at once, which share
 * what is read of the vector and whose sums do not wait for each other; measured beside it were one row in four sums (14 ms), and
 * rounded to 8 bits (17 ms). The last rows may be empty ones, since there is room for a multiple of four.
 */
function multiply(values: Float32Array, vector: Float32Array, count: number, results: Float32Array) {
  const dimension = vector.length
  for (let slot = 0; slot < count; slot += 4) {
    const first = slot * dimension
    const second = first + dimension
    const third = second + dimension
    const fourth = third + dimension
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    for (let index = 0; index < dimension; index++) {
      const value = vector[index] as number
      a += (values[first + index] as number) * value
      b += (values[second + index] as number) * value
      c += (values[third + index] as number) * value
      d += (values[fourth + index] as number) * value
    }
    results[slot] = a
    results[slot + 1] = b
    results[slot + 2] = c
    results[slot + 3] = d
  }
}
