// Fans of another tool are brought in from a file, after a look at what would become of them.
export default (it) => {
  const { step, mira, page, button, go, proving } = it;
  const row = (name) => page.getByRole("row", { name });
  const file = (rows) =>
    page.getByLabel("File", { exact: true }).setInputFiles({ name: "fans.csv", mimeType: "text/csv", buffer: Buffer.from(["Chat ID;Name;Labels", ...rows].join("\n")) });

  step("a file is looked at first, and what is wrong with it is named by row and column", async () => {
    mira.expected.push(/403.*\/fans\/imports/);
    await go("/fans");
    await page.getByRole("link", { name: "Bring fans in" }).click();
    await page.getByRole("heading", { name: "Bring fans in", level: 1 }).waitFor();
    await mira.state("imports");
    await file(["4503599627370001;Zora;VIP", "7.1E+09;Nobody;"]);
    await page.getByLabel("Chat ID").waitFor();
    if ((await page.getByLabel("Labels").inputValue()) !== "tags") throw new Error("the headings were not understood");
    await mira.state("imports-columns");
    await button("Look first").click();
    await proving(page.getByRole("heading", { name: "What would become of them" }));
    await row("New fans 1").waitFor();
    await row("Rows that are wrong 1").waitFor();
    await page.getByText("Row 3, Chat ID:").waitFor();
    await mira.state("imports-wrong");
    if (await button("Bring in 1").isEnabled()) throw new Error("a wrong row goes unnoticed");
  });

  step("what is right is brought in, and is found", async () => {
    await page.getByRole("checkbox", { name: "Leave out rows that are wrong" }).check();
    await button("Bring in 1").click();
    await page.getByRole("heading", { name: "They are brought in" }).waitFor();
    await mira.state("imports-done");
    await page.getByRole("link", { name: "Show all fans" }).click();
    await page.getByRole("link", { name: "Zora" }).first().waitFor();
  });

  step("the same file again brings nothing", async () => {
    mira.expected.push(/403.*\/fans\/imports/);
    await go("/fans/import");
    await file(["4503599627370001;Zora;VIP"]);
    await button("Look first").click();
    await proving(page.getByText("There is nothing to bring in."));
    await row("Fans with nothing new 1").waitFor();
  });
};
