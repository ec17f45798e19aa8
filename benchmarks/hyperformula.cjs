// Works out a workbook with HyperFormula: cells by sheet come in as JSON, the third column of every
// sheet goes out. `npm install hyperformula` beside it, or anywhere that node looks.
const { HyperFormula } = require("hyperformula");
const sheets = JSON.parse(require("fs").readFileSync(0, "utf8"));
const book = HyperFormula.buildFromSheets(sheets, { licenseKey: "gpl-v3", maxRows: 200000 });
const found = {};
for (const name of Object.keys(sheets)) {
  const sheet = book.getSheetId(name);
  found[name] = sheets[name].map((_, row) => {
    const value = book.getCellValue({ sheet, row, col: 2 });
    return typeof value === "object" && value !== null ? String(value.value) : value;
  });
}
process.stdout.write(JSON.stringify(found));
