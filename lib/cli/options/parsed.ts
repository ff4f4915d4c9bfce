import type { Declared, Operands, Options } from './declared.js';

/**
 * The arguments that an action gets, inferred from the declarations of its options and operands. A property is present
 * when the line must give it, or when a default or the settings of the project supply it; every other one is optional.
 */
export type Parsed<O extends Options, P extends Operands = NoOperands> = Properties<O & ByName<P>>;

/** No operands: the parser refuses every word. */
export type NoOperands = Readonly<Record<never, Declared>>;

type Properties<D> = Flat<
  { readonly [N in keyof D as D[N] extends Given ? N : never]: Value<D[N]> } & {
    readonly [N in keyof D as D[N] extends Given ? never : N]?: Value<D[N]>;
  }
>;

/** One object type in place of an intersection: messages of the compiler then show the properties. */
type Flat<T> = { readonly [N in keyof T]: T[N] };

/** Declarations whose value is always present. */
type Given = { readonly default: string } | { readonly configured: true } | Required;

/** Marks the operands that the line must give. */
interface Required {
  readonly required: true;
}

/** Operands by their names, with what the spelling of the slot says about them. */
type ByName<P> = {
  readonly [S in keyof P as NameOf<S>]: P[S] &
    (S extends `<${string}` ? Required : unknown) &
    (S extends `${string}..${']' | '>'}` ? { readonly array: true } : unknown);
};

type NameOf<S> = S extends `${'<' | '['}${infer N}..${'>' | ']'}`
  ? N
  : S extends `${'<' | '['}${infer N}${'>' | ']'}`
    ? N
    : never;

type Value<D> = Typed<D> | (D extends { readonly negatable: true } ? false : never);

/** A coercion runs only on what was typed, so its `undefined` for nothing never arrives. */
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
