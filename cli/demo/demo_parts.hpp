// The steps in which make_demo_world() builds the world; each needs those before it.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "cli/demo/demo_random.hpp"
#include "cli/demo/demo_world.hpp"

namespace xueji::demo {

/// School 1, of the account `registrar`, and the parts of its students that are set aside, by position.
inline constexpr std::string_view first_school_code = "2111000001";
/// Other schools, by where they are.
inline constexpr std::string_view another_of_the_county = "2111000002";
inline constexpr std::string_view in_xicheng = "2111000004";
inline constexpr std::string_view in_yuexiu = "2144000011";
inline constexpr std::string_view in_tianhe = "2144000014";
inline constexpr std::string_view in_nanshan = "2144000018";
inline constexpr std::string_view in_sichuan = "2151000020";
/// Those are primary schools, of six years.
inline constexpr std::string_view last_grade_of_primary = "6";
/// A township's office of 朝阳区, and the school under it.
inline constexpr std::string_view township_code = "110105200";
inline constexpr std::string_view township_school_code = "2111000029";
inline constexpr std::size_t township_school_students = 60;
inline constexpr std::size_t first_school_students = 480;
inline constexpr std::size_t clear_examples = 240;
inline constexpr std::size_t suspect_examples = 12;
/// Students of school 1 below this position are free, in school, have an ID number and a G number.
inline constexpr std::size_t reserved_students = 300;

std::vector<Office> make_offices();
/// The accounts of the contract first, then two people for every other school and authority.
std::vector<DemoAccount> make_accounts(const std::vector<Office>& offices);
std::vector<Student> make_students(const std::vector<Office>& offices);
/// The national side's knowledge of them, with some unknown and some otherwise named.
void add_population(DemoWorld& world);
class NewValues;
void add_examples(DemoWorld& world, NewValues& values);
void add_journeys(DemoWorld& world, NewValues& values);
/// Within a county, a prefecture and a province, and between provinces; about pupils whom nothing else is about.
void add_transfers_elsewhere(DemoWorld& world);
/// Of pupils whom nothing else is about, the second made like the first: cases in every state, and some to try.
void add_pairs(DemoWorld& world);

/// Of pupils whom nothing else is about, with the numbers that it takes: J to G and changes of a G number, in every
/// state and to try.
void add_number_changes(DemoWorld& world, NewValues& values);

/// Of a text with single blanks between them.
std::vector<std::string> words_of(std::string_view text);

/// What the school that asks for a pupil fills in.
FieldValues transfer_fields(DemoRandom& random);
/// Asked for by the account's school; completed, or rejected at the last step where it is said why.
DemoExample transfer_example(const DemoWorld& world, const Student& student, const DemoAccount& asking,
                             DemoRandom& random, std::string rejected = {});
/// Of one who may not transfer.
DemoExample refused_transfer_example(const Student& student, const DemoAccount& asking, DemoRandom& random);

/// The G number that the student has now; null where there is none.
const StudentNumber* current_g_number(const Student& student);

const Office& office_by_code(const std::vector<Office>& offices, std::string_view code);

/// A name, now and then with rare characters, a dot or Latin letters.
std::string make_name(DemoRandom& random);
/// The name with another last character, or a second surname: what a household register corrects.
std::string corrected_name(const std::string& name, DemoRandom& random);

/// A valid ID number for that division, birth date and sex.
std::string make_id_number(std::string_view division, Date born, Sex sex, DemoRandom& random);
/// `L` or `J` with the same coding but no relation to an ID number.
std::string make_temporary_number(char prefix, std::string_view division, Date born, DemoRandom& random);

}  // namespace xueji::demo
