/** The search that is on: what is asked, what was found, the marks on the graph. Kept up to date as the pass is stepped. */
import type { Trace } from "@adjoint/autograd/graph";
import { noMarks } from "../marks.ts";
import { gradientsOfState, SearchIndex, searchMarks } from "../search.ts";
import { SearchError } from "../search-query.ts";
import type { Session, Shown } from "./session.ts";
import { during } from "./work.ts";

/** What a search gave. */
export interface SearchResult {
  readonly query: string;
  /**
   * The nodes, in order of execution; null where nothing is searched. Of a query that cannot be read what it finds without
   * its last term, and where that cannot be read either what was found before.
   */
  readonly found: readonly number[] | null;
  readonly error: SearchError | null;
}

const nothing: SearchResult = { query: "", found: null, error: null };

/** The search over what a session shows. */
export class NodeSearch {
  readonly #session: Session;
  readonly #changed: (result: SearchResult) => void;
  #index: { readonly trace: Trace; readonly index: SearchIndex } | null = null;
  #result: SearchResult = nothing;

  /** `changed` hears of each other result. */
  constructor(session: Session, changed: (result: SearchResult) => void) {
    this.#session = session;
    this.#changed = changed;
    session.subscribe((shown, before) => this.#follow(shown, before));
  }

  get result(): SearchResult {
    return this.#result;
  }

  /** The nodes of the trace that is shown, ready to be searched; made when it is first needed. */
  get index(): SearchIndex {
    const { trace } = this.#session.shown;
    if (this.#index?.trace !== trace) this.#index = { trace, index: new SearchIndex(trace) };
    return this.#index.index;
  }

  /** Searches for `query`; an empty one ends the search. */
  search(query: string): void {
    if (query === this.#result.query) return;
    this.#search(query);
  }

  #search(query: string): void {
    this.#result = query.trim() === "" ? { ...nothing, query } : this.#resultOf(query);
    const { found } = this.#result;
    this.#session.mark("search", found === null ? noMarks : searchMarks(found));
    this.#changed(this.#result);
  }

  #resultOf(query: string): SearchResult {
    const found = this.#find(query);
    if (!(found instanceof SearchError)) return { query, found, error: null };
    // The last term is being written: those before it hold already.
    const before = query.replace(/\S+\s*$/, "").trim();
    const sofar = before === "" ? null : this.#find(before);
    return { query, found: sofar instanceof SearchError ? this.#result.found : sofar, error: found };
  }

  #find(query: string): readonly number[] | SearchError {
    try {
      return this.index.search(query, gradientsOfState(this.#session.shown.state));
    } catch (error) {
      if (error instanceof SearchError) return error;
      throw error;
    }
  }

  #follow(shown: Shown, before: Shown): void {
    if (shown.trace !== before.trace) this.#index = null;
    if (this.#result.found === null || (shown.trace === before.trace && shown.state === before.state)) return;
    // Later, for marks are a change of their own, and others still hear of this one.
    void during(Promise.resolve().then(() => this.#search(this.#result.query)));
  }
}
