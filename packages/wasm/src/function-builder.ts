// Runs statements into a function's body. Blocks are callbacks, so that none can be left open, and labels are values, so that a branch
// out of reach is found when it is made. What TypeScript's types cannot see (plain JavaScript, a local of another function, a branch
// to a closed block) is found here, at the statement that is wrong, by the same operand stack that an engine's validator keeps.
import { AssemblyError } from "./errors.ts";
import {
  type Expression,
  expression,
  type Operand,
  type ResultType,
  toExpression,
  type ValueType,
} from "./expression.ts";
import { unsignedLeb128 } from "./leb128.ts";
import { i32 } from "./scalar.ts";
import { type Global, type Local, set } from "./variable.ts";

/** Where a branch goes: to the end of a block or an if, or back to the start of a loop. */
export interface Label {
  readonly text: string;
}

/** What the body of a function is written with. Made by `ModuleBuilder.func`. */
export class FunctionBuilder {
  /** The function's name. */
  readonly name: string;
  /** The module it belongs to. */
  readonly module: { readonly memory: unknown };
  /** Parameters first, then locals, by index. */
  readonly locals: Local[] = [];
  /** The body: statements, and the openings and ends of blocks. */
  readonly code: Expression[] = [];
  /** What it gives. */
  readonly result: ResultType;
  /** How many of the locals are parameters. */
  readonly parameterCount: number;
  readonly #stack: ValueType[] = [];
  readonly #labels: Label[] = [];
  #instruction = 0;
  #labelCount = 0;

  constructor(
    name: string,
    module: { readonly memory: unknown },
    params: Readonly<Record<string, ValueType>>,
    result: ResultType,
  ) {
    this.name = name;
    this.module = module;
    this.result = result;
    for (const [key, type] of Object.entries(params)) {
      if (!/^[A-Za-z_]/.test(key)) {
        this.#fail(
          "func",
          `the parameter ${key} is no name`,
          "Begin it with a letter: numbers would be reordered.",
        );
      }
      this.local(type, key);
    }
    this.parameterCount = this.locals.length;
  }

  /** Adds a local variable, which starts at zero; the name is for the text dump. */
  local<T extends ValueType>(type: T, name = "local"): Local<T> {
    const index = this.locals.length;
    const plain = `$${name}`;
    const text = this.locals.some((local) => local.text === plain) ? `${plain}.${index}` : plain;
    const get = expression(type, "local.get", 0x20, [], [], unsignedLeb128(index), text, this);
    const local: Local<T> = { ...get, kind: "local" };
    this.locals.push(local);
    return local;
  }

  /**
   * Appends statements.
   * @throws AssemblyError when an operand has the wrong type, a value is left over, or a local or global is another function's or module's
   */
  run(...statements: readonly Expression<"void">[]): void {
    for (const statement of statements) {
      const start = this.#instruction;
      this.#check(statement);
      this.#expectEmpty(statement.name, start);
      this.code.push(statement);
    }
  }

  /** `target = value` for a local or a mutable global. */
  set<T extends ValueType>(target: Local<T> | Global<T>, value: Operand<NoInfer<T>>): void {
    this.run(set(target, value));
  }

  /** A block; a branch to its label leaves it. */
  block(body: (exit: Label) => void): void {
    this.#open("block", 0x02, [], body);
  }

  /** A loop; a branch to its label starts the next turn, and running off the end leaves it. */
  loop(body: (again: Label) => void): void {
    this.#open("loop", 0x03, [], body);
  }

  /** Runs one body or the other; any i32 but 0 is true. A branch to the label leaves it. */
  if(condition: Operand<"i32">, then: (exit: Label) => void, otherwise?: (exit: Label) => void): void {
    const test = toExpression("i32", condition, "if");
    this.#open("if", 0x04, [test], (exit) => {
      then(exit);
      if (!otherwise) return;
      this.#append(expression("void", "else", 0x05));
      otherwise(exit);
    });
  }

  /** Runs the body as long as the condition, computed before each turn, is not 0. */
  while(condition: Operand<"i32">, body: () => void): void {
    this.if(condition, () => {
      this.loop((again) => {
        body();
        this.branchIf(again, condition);
      });
    });
  }

  /**
   * `for (index = from; index < to; index += step)`, signed. `to` and `step` are computed in every turn: use locals or literals.
   * As everywhere, a literal is a constant.
   */
  for(
    index: Local<"i32">,
    from: Operand<"i32">,
    to: Operand<"i32">,
    step: Operand<"i32">,
    body: () => void,
  ): void {
    this.set(index, from);
    this.while(i32.lt_s(index, to), () => {
      body();
      this.set(index, i32.add(index, step));
    });
  }

  /** Branches to a label of a block that is open here. */
  branch(label: Label): void {
    this.run(this.#branch("br", 0x0c, label, []));
  }

  /** Branches when the condition is not 0. */
  branchIf(label: Label, condition: Operand<"i32">): void {
    this.run(this.#branch("br_if", 0x0d, label, [toExpression("i32", condition, "br_if")]));
  }

  /** Leaves the function, with its result if it has one. */
  return(value?: Operand<ValueType>): void {
    const operands = this.#results("return", value);
    this.run(expression("void", "return", 0x0f, operands.length ? [this.result as ValueType] : [], operands));
  }

  /** Ends the body with the function's result, or with nothing when it has none. Called by the module. */
  finish(value: unknown): void {
    for (const result of this.#results("func", value)) {
      this.#check(result);
      this.#pop(this.result as ValueType, "func", "the result", this.#instruction);
      this.code.push(result);
    }
  }

  #results(operation: string, value: unknown): Expression[] {
    if (this.result === "void") {
      if (value === undefined) return [];
      this.#fail(
        operation,
        "there is a value, but the result is void",
        "Give nothing, or declare the result.",
      );
    }
    if (value !== undefined) return [toExpression(this.result, value, operation)];
    const remedy = `Give an expression of type ${this.result}, or declare the result void.`;
    return this.#fail(operation, `there is no result, ${this.result} expected`, remedy);
  }

  #open(name: string, opcode: number, operands: readonly Expression[], body: (label: Label) => void): void {
    const label: Label = { text: `$${name}${this.#labelCount++}` };
    const takes: ValueType[] = operands.map(() => "i32");
    this.run(expression("void", name, opcode, takes, operands, [0x40], label.text));
    this.#labels.push(label);
    body(label);
    this.#labels.pop();
    this.#append(expression("void", "end", 0x0b));
  }

  #append(mark: Expression<"void">): void {
    this.#instruction++;
    this.code.push(mark);
  }

  #branch(name: string, opcode: number, label: Label, operands: readonly Expression[]): Expression<"void"> {
    const depth = this.#labels.length - 1 - this.#labels.lastIndexOf(label);
    if (!this.#labels.includes(label)) {
      const open = this.#labels.map(({ text }) => text).join(", ") || "none";
      const problem = `the label ${label?.text} is not open here (open: ${open})`;
      this.#fail(name, problem, "Branch only from inside the body that received the label.");
    }
    return expression(
      "void",
      name,
      opcode,
      operands.length ? ["i32"] : [],
      operands,
      unsignedLeb128(depth),
      label.text,
    );
  }

  /** Walks an expression in the order of execution, popping what it takes and pushing what it gives. */
  #check(part: Expression): void {
    for (const operand of part.operands) this.#check(operand);
    const index = this.#instruction++;
    if (part.owner) this.#checkOwner(part, index);
    for (let i = part.takes.length - 1; i >= 0; i--) {
      const wanted = part.takes[i];
      if (wanted) this.#pop(wanted, part.name, `operand ${i + 1}`, index);
    }
    if (part.type !== "void") this.#stack.push(part.type);
  }

  #checkOwner({ owner, name, text }: Expression, index: number): void {
    if (owner === this || owner === this.module) return;
    if (owner === "memory") {
      if (!this.module.memory)
        this.#fail(name, "the module has no memory", "Declare it first with setMemory.", index);
      return;
    }
    const home = isFunction(owner) ? `function "${owner.name}"` : "another module";
    const remedy = "Declare it where it is used, or pass it as a parameter.";
    this.#fail(name, `${text} belongs to ${home}, used`, remedy, index);
  }

  #pop(wanted: ValueType, operation: string, what: string, index: number): void {
    const found = this.#stack.pop();
    if (found === wanted) return;
    const remedy = "Convert it, or use the instruction of its type.";
    this.#fail(operation, `${what} is ${found ?? "missing"}, ${wanted} expected`, remedy, index);
  }

  #expectEmpty(operation: string, index: number): void {
    if (this.#stack.length === 0) return;
    const problem = `a value of type ${this.#stack.join(", ")} is left over`;
    this.#fail(operation, problem, "Use it, set it to a local, or drop it.", index);
  }

  #fail(operation: string, problem: string, remedy: string, instruction = this.#instruction): never {
    throw new AssemblyError(operation, problem, remedy, { functionName: this.name, instruction });
  }
}

// Outside the class: TypeScript emits a name of its own for a class that names itself within, and that assignment would
// count as code that runs at import time.
function isFunction(owner: unknown): owner is FunctionBuilder {
  return owner instanceof FunctionBuilder;
}
