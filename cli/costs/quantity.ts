/** Quantity of a month: while nothing runs and nothing is wrong, and if everything has data in each hour. */
export interface Quantity {
  readonly least: number;
  readonly most: number;
}

export const always = (quantity: number): Quantity => ({ least: quantity, most: quantity });

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export const added = (quantities: readonly Quantity[]): Quantity => ({
  least: sum(quantities.map(({ least }) => least)),
  most: sum(quantities.map(({ most }) => most)),
});
