import type { Declared, Operands, Options } from './declared.js';

/**
 * The arguments of an action, inferred from the declarations of its options and operands. A property is present if
 * the operand is required, or if a default or the settings of the project supply the value; the others are optional.
 */
export type Parsed<O extends Options, P extends Operands = NoOperands> = Properties<O & ByName<P>>;

/** No operands: the parser refuses every word. */
export type NoOperands = Readonly<Record<never, Declared>>;

type Properties<D> = Flat<
  { readonly [N in keyof D as D[N] extends Given ? N : never]: Value<D[N]> } & {
    readonly [N in keyof D as D[N] extends Given ? never : N]?: Value<D[N]>;
  }
>;

/** One object type instead of an intersection, for readable messages of the compiler. */
type Flat<T> = { readonly [N in keyof T]: T[N] };

/** Declarations whose value is always present. */
type Given = { readonly default: string } | { readonly configured: true } | RequiredOperand;

/** Marks required operands. */
interface RequiredOperand {
  readonly required: true;
}

/** Operands by name, with the properties that follow from the brackets and dots of the slot. */
type ByName<P> = {
  readonly [S in keyof P as NameOf<S>]: P[S] &
    (S extends `<${string}` ? RequiredOperand : unknown) &
    (S extends `${string}..${']' | '>'}` ? { readonly array: true } : unknown);
};

type NameOf<S> = S extends `${'<' | '['}${infer N}..${'>' | ']'}`
  ? N
  : S extends `${'<' | '['}${infer N}${'>' | ']'}`
    ? N
    : never;

type Value<D> = Typed<D> | (D extends { readonly negatable: true } ? false : never);

/** The parser coerces only values that are present, so the result is never undefined. */
type Typed<D> = D extends { readonly coerce: (typed: never) => infer R }
  ? Exclude<R, undefined>
  : D extends { readonly array: true }
    ? readonly Word<D>[]
    : D extends { readonly repeats: true }
      ? Word<D> | readonly Word<D>[]
      : Word<D>;

type Word<D> = D extends { readonly type: 'boolean' }
  ? boolean
  : D extends { readonly choices: readonly (infer C)[] }
    ? C
    : string;
