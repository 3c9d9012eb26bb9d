import { type Compilable, CompiledQuery, type QueryResult } from 'kysely';
import { type Db, storeKindOf } from './connect.ts';

/** What one call gives for one name of the statement; a list stands for as many parameters. */
type Given = Readonly<Record<string, unknown>>;

/** Stands for a value while the statement is built. */
class StandIn {
  readonly #name: string;
  readonly #index: number | null;

  constructor(name: string, index: number | null) {
    this.#name = name;
    this.#index = index;
  }

  valueIn(given: Given): unknown {
    const value = given[this.#name];
    return this.#index === null ? value : (value as readonly unknown[])[this.#index];
  }
}

type Built = { sql: string; parameters: readonly unknown[] };

/** Lists of many lengths make many texts; beyond this they are built each time. */
const MOST_SHAPES = 64;

/**
 * A statement that is built and compiled once, not at every call, for what runs thousands of times a second: building one
 * takes 25 µs where running it on SQLite takes 5. While building, `given` holds stand-ins: they may only be passed on.
 */
export function prepared<Values extends Given, Row>(
  build: (db: Db, given: Values) => Compilable<Row>,
): (db: Db, given: Values) => Promise<QueryResult<Row>> {
  const shapes = new Map<string, Built>();
  return (db, given) => {
    const shape = shapeOf(db, given);
    let built = shapes.get(shape);
    if (!built) {
      built = build(db, standInsFor(given) as Values).compile();
      if (shapes.size < MOST_SHAPES) shapes.set(shape, built);
    }
    const parameters = built.parameters.map((value) => (value instanceof StandIn ? value.valueIn(given) : value));
    return db.executeQuery(CompiledQuery.raw(built.sql, parameters) as CompiledQuery<Row>);
  };
}

function shapeOf(db: Db, given: Given): string {
  let shape: string = storeKindOf(db);
  for (const name in given) {
    const value = given[name];
    if (Array.isArray(value)) shape += `/${value.length}`;
  }
  return shape;
}

function standInsFor(given: Given): Given {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map((_, index) => new StandIn(name, index)) : new StandIn(name, null),
    ]),
  );
}
